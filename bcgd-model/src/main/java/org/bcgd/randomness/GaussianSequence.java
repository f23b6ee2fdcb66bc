// SPDX-License-Identifier: Apache-2.0
package org.bcgd.randomness;

import java.io.Serializable;

/**
 * Standard normal numbers g₀, g₁, …, each a pure function of the key and its index, so that any
 * part of the sequence can be computed anywhere.
 *
 * <pre>
 *   uᵢ = upper 53 bits of mix(key + golden · (i + 1))        1 ≤ uᵢ + 1 ≤ 2⁵³
 *   r = √(−2 ln((u₂ₖ + 1) / 2⁵³))      φ = 2π u₂ₖ₊₁ / 2⁵³
 *   g₂ₖ = r cos φ      g₂ₖ₊₁ = r sin φ
 * </pre>
 *
 * <p>{@link StrictMath} gives the same bits on every machine. No value exceeds 8.6 in magnitude.
 *
 * @see <a href="https://doi.org/10.1214/aoms/1177706645">Box and Muller 1958</a>
 */
public record GaussianSequence(RandomKey key) implements Serializable {

  private static final double UNIT = 0x1p-53;

  /**
   * Writes gᵢ, gᵢ₊₁, … to all of {@code destination}.
   *
   * @param from i, even
   */
  public void fill(long from, double[] destination) {
    if (from < 0 || (from & 1) != 0) {
      throw new IllegalArgumentException(
          "the sequence is read from " + from + ", which is no pair");
    }
    for (int i = 0; i < destination.length; i += 2) {
      double radius = Math.sqrt(-2 * StrictMath.log((uniform(from + i) + 1) * UNIT));
      double angle = 2 * Math.PI * (uniform(from + i + 1) * UNIT);
      destination[i] = radius * StrictMath.cos(angle);
      if (i + 1 < destination.length) {
        destination[i + 1] = radius * StrictMath.sin(angle);
      }
    }
  }

  /** The first {@code size} numbers. */
  public double[] first(int size) {
    double[] numbers = new double[size];
    fill(0, numbers);
    return numbers;
  }

  private long uniform(long index) {
    return key.word(index) >>> 11;
  }
}
