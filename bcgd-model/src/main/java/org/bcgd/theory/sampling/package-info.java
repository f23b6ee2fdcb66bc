// SPDX-License-Identifier: Apache-2.0
/**
 * Expectations by samples: {@link org.bcgd.theory.sampling.SampleFunction} is what is averaged,
 * {@link org.bcgd.theory.sampling.SampleChunks} cuts the samples so that the sum does not depend on
 * who adds it, {@link org.bcgd.theory.sampling.Sampler} does the work, here or on a cluster.
 *
 * <p>Imports {@code theory}, {@code quantization} and {@code randomness}.
 */
package org.bcgd.theory.sampling;
