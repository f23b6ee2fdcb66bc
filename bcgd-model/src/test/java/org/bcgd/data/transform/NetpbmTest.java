// SPDX-License-Identifier: Apache-2.0
package org.bcgd.data.transform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.bcgd.data.ImageShape;
import org.junit.jupiter.api.Test;

class NetpbmTest {

  @Test
  void aColourImageIsDecodedToItsPixels() {
    byte[] planes = {1, 2, 3, 4, 5, 6, 11, 12, 13, 14, 15, 16, 21, 22, 23, 24, 25, (byte) 250};

    Pixels decoded = ImageDecoder.decode(Netpbm.ofPlanes(new ImageShape(3, 2, 3), planes));

    assertThat(decoded.shape()).isEqualTo(new ImageShape(3, 2, 3));
    assertThat(decoded.values())
        .containsExactly(1, 11, 21, 2, 12, 22, 3, 13, 23, 4, 14, 24, 5, 15, 25, 6, 16, 250);
  }

  @Test
  void aGreyImageBecomesThreeEqualChannels() {
    byte[] file = Netpbm.ofPlanes(new ImageShape(1, 1, 2), new byte[] {7, (byte) 200});

    assertThat(ImageDecoder.decode(file).values()).containsExactly(7, 7, 7, 200, 200, 200);
    assertThat(ImageDecoder.defect(file)).isEmpty();
  }

  @Test
  void theFileIsWhatTheFormatSays() {
    byte[] file = Netpbm.ofPlanes(new ImageShape(3, 1, 1), new byte[] {'a', 'b', 'c'});

    assertThat(new String(file, StandardCharsets.US_ASCII)).isEqualTo("P6 1 1 255\nabc");
  }
}
