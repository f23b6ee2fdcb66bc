// SPDX-License-Identifier: Apache-2.0
/**
 * The state of a training run as bytes: {@link org.bcgd.checkpoint.Checkpoint} is the value, {@link
 * org.bcgd.checkpoint.CheckpointFormat} writes and reads it. The format is described in the
 * module's README.
 *
 * <p>Imports {@code parameters}, {@code descent}, {@code checksum} and {@code failure}.
 */
package org.bcgd.checkpoint;
