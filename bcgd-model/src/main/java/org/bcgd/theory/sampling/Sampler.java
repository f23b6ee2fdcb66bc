// SPDX-License-Identifier: Apache-2.0
package org.bcgd.theory.sampling;

import java.util.stream.IntStream;

/** Averages over samples. All samplers give the same bits. */
@FunctionalInterface
public interface Sampler {

  /** On the cores of this machine. */
  Sampler LOCAL =
      (function, samples) -> {
        SampleChunks chunks = new SampleChunks(samples);
        return SampleMoments.sum(
            IntStream.range(0, chunks.count())
                .parallel()
                .mapToObj(chunk -> chunks.moments(function, chunk))
                .toList());
      };

  /** The moments over the samples 0..samples−1. */
  SampleMoments moments(SampleFunction function, long samples);
}
