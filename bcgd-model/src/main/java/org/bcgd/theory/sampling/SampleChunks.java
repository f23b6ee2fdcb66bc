// SPDX-License-Identifier: Apache-2.0
package org.bcgd.theory.sampling;

import java.io.Serializable;

/**
 * The samples 0..N−1 in consecutive chunks that depend on N only. Each chunk is added up on its own
 * and the chunks from first to last, so that the sum has the same bits wherever they were computed.
 *
 * @param samples N, at least 2
 */
public record SampleChunks(long samples) implements Serializable {

  private static final long LENGTH = 1 << 14;
  private static final long MOST = 1 << 10;

  public SampleChunks {
    if (samples < 2) {
      throw new IllegalArgumentException(samples + " samples have no standard error");
    }
  }

  /** How many there are, at most 1,024. */
  public int count() {
    return Math.toIntExact((samples + length() - 1) / length());
  }

  /** The sums over a chunk. */
  public SampleMoments moments(SampleFunction function, int chunk) {
    return SampleMoments.of(function, chunk * length(), Math.min((chunk + 1) * length(), samples));
  }

  private long length() {
    // Few samples are costly ones: they are shared out too.
    long shared = Math.max(1, samples / 64);
    return Math.max(Math.min(LENGTH, shared), (samples + MOST - 1) / MOST);
  }
}
