// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.shards;

import java.util.random.RandomGenerator;

/** Small grey images of stripes that run level (0), upright (1) or aslant (2). */
public final class StripedImage {

  private static final int PERIOD = 4;

  private StripedImage() {}

  /** One of them, [side, side], of random phase and noise. */
  public static byte[] pixels(int side, int label, RandomGenerator random) {
    byte[] pixels = new byte[side * side];
    int phase = random.nextInt(PERIOD);
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        int along = label == 0 ? y : label == 1 ? x : x + y;
        int stripe = (along + phase) % PERIOD < PERIOD / 2 ? 70 : 180;
        pixels[y * side + x] = (byte) (stripe + random.nextInt(60) - 30);
      }
    }
    return pixels;
  }
}
