// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.graph;

/** The shape of one image's values inside a network; a vector of units is an image of one pixel. */
public record Shape(int channels, int height, int width) {

  private static final int BLOCK = 16;

  /** Channels as they lie in memory: rounded up to whole blocks, the added ones always zero. */
  public int paddedChannels() {
    return (channels + BLOCK - 1) / BLOCK * BLOCK;
  }

  public int pixels() {
    return height * width;
  }

  /** Values of one image in memory. */
  public int paddedSize() {
    return paddedChannels() * pixels();
  }
}
