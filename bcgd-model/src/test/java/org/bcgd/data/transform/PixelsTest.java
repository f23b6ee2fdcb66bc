// SPDX-License-Identifier: Apache-2.0
package org.bcgd.data.transform;

import static org.assertj.core.api.Assertions.assertThat;

import org.bcgd.data.ImageShape;
import org.junit.jupiter.api.Test;

class PixelsTest {

  /** Two rows of two pixels; red is 1 to 4, green 11 to 14, blue 21 to 24. */
  private static final Pixels COLOUR =
      Pixels.ofPlanes(
          new ImageShape(3, 2, 2), new byte[] {1, 2, 3, 4, 11, 12, 13, 14, 21, 22, 23, 24});

  @Test
  void planesBecomePixels() {
    assertThat(COLOUR.values()).containsExactly(1, 11, 21, 2, 12, 22, 3, 13, 23, 4, 14, 24);
  }

  @Test
  void mirroringExchangesLeftAndRight() {
    assertThat(COLOUR.mirrored().values())
        .containsExactly(2, 12, 22, 1, 11, 21, 4, 14, 24, 3, 13, 23);
  }

  @Test
  void aWindowOverTheEdgeIsBlackOutside() {
    assertThat(COLOUR.window(1, 1, 2, 2).values())
        .containsExactly(4, 14, 24, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    assertThat(COLOUR.window(-1, -1, 2, 2).values())
        .containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 11, 21);
  }

  @Test
  void aWindowThatMissesTheImageIsBlack() {
    assertThat(COLOUR.window(0, 5, 1, 2).values()).containsOnly(0);
    assertThat(COLOUR.window(0, -5, 1, 2).values()).containsOnly(0);
    assertThat(COLOUR.window(-3, 0, 1, 2).values()).containsOnly(0);
    assertThat(COLOUR.window(2, 0, 1, 2).values()).containsOnly(0);
  }
}
