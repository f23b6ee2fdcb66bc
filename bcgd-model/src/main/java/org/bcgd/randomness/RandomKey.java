// SPDX-License-Identifier: Apache-2.0
package org.bcgd.randomness;

import java.io.Serializable;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * A name for a stream of random numbers, such as (seed, epoch, shard). Equal keys give equal
 * streams in every JVM; different keys give unrelated ones.
 *
 * <pre>
 *   key.with(part) = mix(key + golden · (part + 1))       mix: the SplitMix64 finaliser
 * </pre>
 *
 * @see <a href="https://doi.org/10.1145/2660193.2660195">Steele, Lea, Flood 2014</a>, SplitMix64
 */
public record RandomKey(long value) implements Serializable {

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  public static RandomKey of(long seed) {
    return new RandomKey(mix(seed));
  }

  /** The key of a part of what this key names. Order matters: with(1).with(2) ≠ with(2).with(1). */
  public RandomKey with(long part) {
    return new RandomKey(mix(mix(value) + GOLDEN * (part + 1)));
  }

  /** A new generator at the start of this key's stream. */
  public RandomGenerator generator() {
    return new SplittableRandom(value);
  }

  /** Number {@code index} of this key's stream, from 0, without drawing those before it. */
  public long number(long index) {
    return mix(value + GOLDEN * (index + 1));
  }

  /** The numbers 0..size−1 in the order that this key draws (Fisher and Yates). */
  public int[] permutation(int size) {
    int[] order = new int[size];
    RandomGenerator random = generator();
    for (int i = 0; i < size; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  /** 64 random bits, a pure function of the key and the index. */
  long word(long index) {
    return mix(value + GOLDEN * (index + 1));
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
