// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.plot;

import java.awt.Color;

/**
 * Colours that the colour-blind can tell apart.
 *
 * @see <a href="https://jfly.uni-koeln.de/color/">Okabe and Ito 2008</a>, for up to eight lines
 */
final class Palette {

  private static final int[] FEW = {
    0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7, 0xE69F00, 0x56B4E9, 0x000000, 0x8A7A00
  };

  /** From dark to light through blue and green; lightness grows with the number. */
  private static final int[] MANY = {0x440154, 0x3B528B, 0x21918C, 0x5EC962, 0xD8C219};

  private Palette() {}

  /** Colour {@code number} of {@code count}; beyond eight they shade from the first to the last. */
  static Color colour(int number, int count) {
    if (count <= FEW.length) {
      return new Color(FEW[number]);
    }
    double place = (double) number / (count - 1) * (MANY.length - 1);
    int below = Math.min((int) place, MANY.length - 2);
    return between(new Color(MANY[below]), new Color(MANY[below + 1]), place - below);
  }

  private static Color between(Color from, Color to, double share) {
    return new Color(
        mix(from.getRed(), to.getRed(), share),
        mix(from.getGreen(), to.getGreen(), share),
        mix(from.getBlue(), to.getBlue(), share));
  }

  private static int mix(int from, int to, double share) {
    return (int) Math.round(from + share * (to - from));
  }
}
