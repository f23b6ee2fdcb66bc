// SPDX-License-Identifier: Apache-2.0
/**
 * The state before the first step: {@link org.bcgd.spark.start.FirstState}. Weights are drawn or
 * come from another training; what the first minibatch tells makes them complete.
 *
 * <p>Imports {@code settings}, {@code executor} and {@code folder}.
 */
package org.bcgd.spark.start;
