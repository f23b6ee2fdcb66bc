// SPDX-License-Identifier: Apache-2.0
package org.bcgd.packed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.bcgd.engine.inference.InferenceNetwork;
import org.bcgd.failure.DataException;
import org.bcgd.randomness.RandomKey;
import org.junit.jupiter.api.Test;

class PackedFormatTest {

  private static final float[] GOLDEN_LOGITS = {31.378365f, -4.6297994f, 4.1113195f};
  private static final int MUTATIONS = 20_000;
  private static final int[] ABSURD = {
    -1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1 << 28, 1 << 20, 65_536, 0
  };

  private final PackedModel model = SmallModel.draw();
  private final byte[] bytes = PackedFormat.bytes(model);

  @Test
  void whatWasWrittenIsReadBackAndWrittenAgainAsTheSameBytes() {
    PackedModel read = read(bytes);
    assertThat(PackedFormat.bytes(read)).isEqualTo(bytes);
    assertThat(read.labels()).containsExactly("cat", "dog", "Ærfugl");
    assertThat(read.provenance()).isEqualTo(model.provenance());
    assertThat(read.preprocessing().augmentation().evaluatedFraction()).isEqualTo(0.875);
    assertThat(logits(read)).containsExactly(logits(model));
  }

  /** Written by version 1 of the format; to be read for ever. */
  @Test
  void theGoldenFileIsStillRead() throws IOException {
    try (InputStream golden = PackedFormatTest.class.getResourceAsStream("golden/version-1.bcgd")) {
      PackedModel read = PackedFormat.read(golden, "golden");
      assertThat(PackedFormat.bytes(read)).isEqualTo(bytes);
      assertThat(logits(read)).containsExactly(GOLDEN_LOGITS);
    }
  }

  @Test
  void aFileCutShortAnywhereIsRefused() {
    for (int length = 0; length < bytes.length; length++) {
      requireRefused(Arrays.copyOf(bytes, length));
      requireRefused(Damage.sealed(Arrays.copyOf(bytes, length)));
    }
  }

  @Test
  void aFileWithSomethingBehindItsEndIsRefused() {
    requireRefused(Arrays.copyOf(bytes, bytes.length + 1));
    requireRefused(Damage.sealed(Arrays.copyOf(bytes, bytes.length + 4)));
  }

  @Test
  void anyFlippedBitIsFound() {
    for (int i = 0; i < bytes.length; i++) {
      byte[] flipped = bytes.clone();
      flipped[i] ^= (byte) (1 << (i % 8));
      requireRefused(flipped);
    }
  }

  /** With right checksums it may be another sound model; anything else is refused in words. */
  @Test
  void absurdNumbersUnderRightChecksumsDoNoHarm() {
    int refused = 0;
    for (int at = 8; at <= bytes.length - 36; at++) {
      for (int absurd : ABSURD) {
        byte[] altered = bytes.clone();
        ByteBuffer.wrap(altered).order(ByteOrder.LITTLE_ENDIAN).putInt(at, absurd);
        refused += isRefused(Damage.sealed(altered)) ? 1 : 0;
      }
    }
    assertThat(refused).isGreaterThan(1_000);
  }

  @Test
  void randomMutationsUnderRightChecksumsDoNoHarm() {
    RandomGenerator random = RandomKey.of(3).generator();
    int refused = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] altered = bytes.clone();
      for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
        altered[8 + random.nextInt(altered.length - 40)] = (byte) random.nextInt();
      }
      refused += isRefused(Damage.sealed(altered)) ? 1 : 0;
    }
    assertThat(refused).isGreaterThan(1_000);
  }

  @Test
  void messagesSayWhatIsWrong() {
    byte[] checkpoint = bytes.clone();
    checkpoint[4] = 'C';
    assertThatThrownBy(() -> read(checkpoint))
        .hasMessage("The model a.bcgd cannot be used: it is not a packed BCGD model.");
    byte[] future = bytes.clone();
    future[8] = 2;
    assertThatThrownBy(() -> read(future))
        .hasMessage(
            "The model a.bcgd cannot be used: its format version is 2, this software reads"
                + " version 1.");
    byte[] flipped = bytes.clone();
    flipped[100] ^= 1;
    assertThatThrownBy(() -> read(flipped)).hasMessageContaining("SHA-256 does not match");
  }

  private static void requireRefused(byte[] altered) {
    assertThat(isRefused(altered)).isTrue();
  }

  private static boolean isRefused(byte[] altered) {
    try {
      read(altered);
      return false;
    } catch (DataException e) {
      assertThat(e.getMessage()).startsWith("The model a.bcgd cannot be used: ");
      return true;
    }
  }

  private static PackedModel read(byte[] bytes) {
    return PackedFormat.read(bytes, "a.bcgd");
  }

  private static float[] logits(PackedModel model) {
    float[] pixels = new float[model.preprocessing().output().size()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (i * 37 % 101 - 50) / 25f;
    }
    try (InferenceNetwork network = new InferenceNetwork(model.network(), 1)) {
      return network.logits(pixels);
    }
  }
}
