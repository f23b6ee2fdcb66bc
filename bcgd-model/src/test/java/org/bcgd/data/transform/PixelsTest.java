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

  @Test
  void anImageStoredPixelByPixelIsSeenAsOneStoredPlaneByPlane() {
    Pixels interleaved = new Pixels(COLOUR.shape(), COLOUR.values());
    for (int y = -2; y <= 2; y++) {
      for (int x = -2; x <= 2; x++) {
        Pixels part = interleaved.window(y, x, 2, 1);
        assertThat(part.values()).isEqualTo(COLOUR.window(y, x, 2, 1).values());
        assertThat(part.mirrored().values())
            .isEqualTo(COLOUR.window(y, x, 2, 1).mirrored().values());
      }
    }
    assertThat(interleaved.mirrored().values())
        .containsExactly(2, 12, 22, 1, 11, 21, 4, 14, 24, 3, 13, 23);
    assertThat(interleaved.mirrored().window(0, 1, 2, 1).values())
        .containsExactly(1, 11, 21, 3, 13, 23);
  }

  @Test
  void aPlaneIsWrittenRowByRowAsWhatItsValuesStandFor() {
    float[] halves = new float[256];
    for (int value = 0; value < halves.length; value++) {
      halves[value] = value / 2f;
    }
    float[] target = new float[6];
    COLOUR.mirrored().writePlane(1, halves, target, 1);
    assertThat(target).containsExactly(0, 6, 5.5f, 7, 6.5f, 0);
  }
}
