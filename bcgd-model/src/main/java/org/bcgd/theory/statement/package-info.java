// SPDX-License-Identifier: Apache-2.0
/**
 * Every statement of the theory with its number, held against computation: {@link
 * org.bcgd.theory.statement.TheoryStudy} is the door, a {@link org.bcgd.theory.statement.Finding}
 * what comes of a statement.
 *
 * <p>Imports {@code theory}, its other rooms, {@code quantization} and {@code randomness}.
 */
package org.bcgd.theory.statement;
