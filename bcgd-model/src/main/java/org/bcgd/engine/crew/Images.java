// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.crew;

/**
 * The images of a batch that one thread works on.
 *
 * @param thread its number
 * @param first index in the batch
 * @param count at least 1
 */
public record Images(int thread, int first, int count) {

  /** The share of {@code thread} of {@code threads} in a batch; shares differ by one at most. */
  public static Images share(int thread, int threads, int batch) {
    int first = (int) ((long) batch * thread / threads);
    int end = (int) ((long) batch * (thread + 1) / threads);
    return new Images(thread, first, end - first);
  }
}
