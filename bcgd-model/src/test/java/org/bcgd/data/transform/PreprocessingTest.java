// SPDX-License-Identifier: Apache-2.0
package org.bcgd.data.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.bcgd.data.Batch;
import org.bcgd.data.ImageBlock;
import org.bcgd.data.ImageEncoding;
import org.bcgd.data.ImageShape;
import org.bcgd.data.ImageShard;
import org.bcgd.failure.DataException;
import org.bcgd.failure.SettingsException;
import org.bcgd.randomness.RandomKey;
import org.junit.jupiter.api.Test;

class PreprocessingTest {

  private static final float HALF_A_STEP = 1 / 8192f + 1e-6f; // values are multiples of 2⁻¹²

  private static final ImageShape GREY = new ImageShape(1, 1, 2);
  private static final ImageShape COLOUR = new ImageShape(3, 1, 2);
  private static final ImageEncoding FILES = new ImageEncoding.Compressed();
  private static final Normalization ONE_CHANNEL =
      new Normalization(new float[] {0.5f}, new float[] {0.25f});
  private static final Normalization THREE_CHANNELS =
      new Normalization(new float[] {0, 0.2f, 1}, new float[] {1, 0.5f, 0.1f});

  @Test
  void everyValueIsAMultipleOfTheStep() {
    Normalization odd = new Normalization(new float[] {0.4914f}, new float[] {0.2471f});
    float[] values = new float[1];
    for (int value = 0; value < 256; value++) {
      new Preprocessing(new ImageShape(1, 1, 1), odd, new NoAugmentation())
          .evaluation(
              new ImageEncoding.Raw(new ImageShape(1, 1, 1)), new byte[] {(byte) value}, values, 0);
      assertThat(values[0] * 4096 % 1).isZero();
      assertThat(values[0]).isCloseTo((value / 255f - 0.4914f) / 0.2471f, within(HALF_A_STEP));
    }
  }

  @Test
  void bytesAreNormalised() {
    ImageShard shard = shard(GREY, new byte[] {0, (byte) 255}, new byte[] {51, (byte) 204});
    Batch batch =
        new Preprocessing(GREY, ONE_CHANNEL, new NoAugmentation()).evaluation(shard, 0, 2);
    assertThat(batch.pixels())
        .containsExactly(new float[] {-2, 2, -1.2f, 1.2f}, within(HALF_A_STEP));
    assertThat(batch.labels()).containsExactly(100, 101);
    assertThat(batch.shape()).isEqualTo(GREY);
  }

  @Test
  void channelsStayPlanesWithTheirOwnNormalisation() {
    ImageShard shard = shard(COLOUR, new byte[] {0, 51, 51, 102, (byte) 255, 0});
    Batch batch =
        new Preprocessing(COLOUR, THREE_CHANNELS, new NoAugmentation()).evaluation(shard, 0, 1);
    assertThat(batch.pixels())
        .containsExactly(new float[] {0, 0.2f, 0, 0.4f, 0, -10}, within(HALF_A_STEP));
  }

  @Test
  void aGreyscaleImageServesEveryChannel() {
    ImageShard shard = shard(GREY, new byte[] {51, (byte) 255});
    Batch batch =
        new Preprocessing(COLOUR, THREE_CHANNELS, new NoAugmentation()).evaluation(shard, 0, 1);
    assertThat(batch.pixels())
        .containsExactly(new float[] {0.2f, 1, 0, 1.6f, -8, 0}, within(HALF_A_STEP));
  }

  @Test
  void aBatchHoldsTheImagesAskedForInTheirOrder() {
    ImageShard shard = shard(GREY, new byte[2], new byte[] {51, 51}, new byte[] {102, 102});
    Batch batch =
        new Preprocessing(GREY, ONE_CHANNEL, new NoAugmentation())
            .training(shard, new int[] {2, 0}, RandomKey.of(0));
    assertThat(batch.labels()).containsExactly(102, 100);
    assertThat(batch.pixels())
        .containsExactly(new float[] {-0.4f, -0.4f, -2, -2}, within(HALF_A_STEP));
  }

  @Test
  void theViewOfAnImageDoesNotDependOnItsNeighboursInTheBatch() {
    ImageShape shape = new ImageShape(1, 2, 2);
    ImageShard shard = shard(shape, new byte[] {1, 2, 3, 4}, new byte[] {5, 6, 7, 8});
    Preprocessing preprocessing = new Preprocessing(shape, ONE_CHANNEL, new PadCropFlip(1));
    for (int seed = 0; seed < 20; seed++) {
      RandomKey key = RandomKey.of(seed);
      float[] alone = preprocessing.training(shard, new int[] {1}, key).pixels();
      float[] second = preprocessing.training(shard, new int[] {0, 1}, key).pixels();
      assertThat(Arrays.copyOfRange(second, 4, 8)).isEqualTo(alone);
    }
  }

  @Test
  void aPhotographOfAnySizeIsBroughtToTheNetworksSize() throws IOException {
    byte[] file = Photographs.file(Photographs.plain(50, 30, 0x3366FF), "png");
    ImageShape output = new ImageShape(3, 16, 16);
    ImageShard shard = shard(FILES, file);
    for (Augmentation augmentation :
        List.of(new NoAugmentation(), RandomResizedCropFlip.PHOTOGRAPHS)) {
      Preprocessing preprocessing = new Preprocessing(output, THREE_CHANNELS, augmentation);
      for (Batch batch :
          List.of(
              preprocessing.evaluation(shard, 0, 1),
              preprocessing.training(shard, new int[] {0}, RandomKey.of(5)))) {
        assertThat(Arrays.copyOf(batch.pixels(), 256)).containsOnly(819 / 4096f);
        assertThat(batch.pixels()[256]).isEqualTo(0.4f, within(HALF_A_STEP));
        assertThat(batch.pixels()[512]).isEqualTo(0f, within(HALF_A_STEP));
      }
    }
  }

  @Test
  void rawImagesOfAnotherShapeAreRefusedAtTheStart() {
    Preprocessing preprocessing =
        new Preprocessing(new ImageShape(3, 32, 32), THREE_CHANNELS, new PadCropFlip(4));
    preprocessing.check(new ImageEncoding.Raw(new ImageShape(3, 32, 32)));
    preprocessing.check(new ImageEncoding.Raw(new ImageShape(1, 32, 32)));
    preprocessing.check(FILES);
    assertThatThrownBy(() -> preprocessing.check(new ImageEncoding.Raw(new ImageShape(1, 28, 28))))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "images stored as raw pixels of 1 x 28 x 28 do not fit a network whose input is"
                + " 3 x 32 x 32");
  }

  @Test
  void aNetworkOfOneChannelTakesNoColours() {
    Preprocessing preprocessing = new Preprocessing(GREY, ONE_CHANNEL, new NoAugmentation());
    assertThatThrownBy(() -> preprocessing.check(new ImageEncoding.Raw(COLOUR)))
        .isInstanceOf(DataException.class);
    assertThatThrownBy(() -> preprocessing.check(FILES)).isInstanceOf(DataException.class);
  }

  @Test
  void preprocessingTravelsToAnotherMachine() throws Exception {
    Preprocessing preprocessing =
        new Preprocessing(GREY, ONE_CHANNEL, RandomResizedCropFlip.PHOTOGRAPHS);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new ObjectOutputStream(bytes).writeObject(preprocessing);
    ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    assertThat(in.readObject()).usingRecursiveComparison().isEqualTo(preprocessing);
  }

  @Test
  void anUndecodableImageIsNamed() {
    Preprocessing preprocessing = new Preprocessing(COLOUR, THREE_CHANNELS, new NoAugmentation());
    assertThatThrownBy(() -> preprocessing.evaluation(shard(FILES, new byte[9]), 0, 1))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("image 0 of its shard: not a JPEG or PNG image");
  }

  @Test
  void wrongNormalisationIsRefused() {
    assertThatThrownBy(() -> new Preprocessing(COLOUR, ONE_CHANNEL, new NoAugmentation()))
        .isInstanceOf(SettingsException.class);
    assertThatThrownBy(() -> new Normalization(new float[] {0}, new float[] {0}))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("deviation 0.0");
    assertThatThrownBy(() -> new Normalization(new float[1], new float[2]))
        .isInstanceOf(SettingsException.class);
  }

  @Test
  void floatsAreTakenAsTheyAre() {
    ImageShard shard =
        shard(new ImageEncoding.Floats(GREY), floats(1e-30f, -7.5f), floats(0.1f, 3e20f));
    Preprocessing preprocessing = new Preprocessing(GREY, ONE_CHANNEL, new NoAugmentation());

    Batch batch = preprocessing.training(shard, new int[] {1, 0}, RandomKey.of(1));

    assertThat(batch.pixels()).containsExactly(0.1f, 3e20f, 1e-30f, -7.5f);
    assertThat(preprocessing.evaluation(shard, 0, 1).pixels()).containsExactly(1e-30f, -7.5f);
    float[] one = new float[3];
    preprocessing.evaluation(shard.encoding(), floats(4, 5), one, 1);
    assertThat(one).containsExactly(0, 4, 5);
  }

  @Test
  void floatsOfAnotherShapeAndTheirAugmentationAreRefused() {
    ImageEncoding floats = new ImageEncoding.Floats(GREY);

    assertThatThrownBy(
            () ->
                new Preprocessing(new ImageShape(1, 2, 2), ONE_CHANNEL, new NoAugmentation())
                    .check(floats))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("floats of " + GREY);
    assertThatThrownBy(() -> new Preprocessing(GREY, ONE_CHANNEL, new PadCropFlip(0)).check(floats))
        .isInstanceOf(DataException.class);
  }

  private static byte[] floats(float first, float second) {
    return ByteBuffer.allocate(8)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putFloat(first)
        .putFloat(second)
        .array();
  }

  private static ImageShard shard(ImageShape shape, byte[]... images) {
    return shard(new ImageEncoding.Raw(shape), images);
  }

  /** The images with the labels 100, 101, ... */
  private static ImageShard shard(ImageEncoding encoding, byte[]... images) {
    ImageBlock.Builder builder = new ImageBlock.Builder(encoding, 1 << 20);
    for (int i = 0; i < images.length; i++) {
      builder.add(images[i], 100 + i);
    }
    return new ImageShard(List.of(builder.build()));
  }
}
