// SPDX-License-Identifier: Apache-2.0
package org.bcgd.data.transform;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.bcgd.data.Batch;
import org.bcgd.data.ImageEncoding;
import org.bcgd.data.ImageShape;
import org.bcgd.data.ImageShard;
import org.bcgd.failure.DataException;
import org.bcgd.failure.SettingsException;
import org.bcgd.randomness.RandomKey;

/**
 * From stored images to what a network takes: decode, augment, normalise. Floats are taken as they
 * are.
 *
 * @param output the shape of the network's input
 */
public record Preprocessing(
    ImageShape output, Normalization normalization, Augmentation augmentation)
    implements Serializable {

  public Preprocessing {
    if (normalization.channels() != output.channels()) {
      throw new SettingsException(
          "a mean and deviation for "
              + normalization.channels()
              + " channels, the network's input is "
              + output);
    }
  }

  /**
   * Whether images of this encoding can become the network's input. Raw images must have its height
   * and width, and its channels or one, which is repeated; floats must have its very shape, and
   * there is no augmentation of them.
   *
   * @throws DataException if not
   */
  public void check(ImageEncoding encoding) {
    if (!fits(encoding)) {
      throw new DataException(
          "images stored as " + encoding + " do not fit a network whose input is " + output);
    }
  }

  /**
   * The images {@code indices} of a shard in random views.
   *
   * @param key names the epoch and the shard; image i is drawn by key.with(i)
   */
  public Batch training(ImageShard shard, int[] indices, RandomKey key) {
    return batch(
        shard,
        indices,
        index -> augmentation.training(pixels(shard, index), output, key.with(index)));
  }

  /** The images from..to−1 of a shard as they are judged. */
  public Batch evaluation(ImageShard shard, int from, int to) {
    int[] indices = IntStream.range(from, to).toArray();
    return batch(shard, indices, index -> augmentation.evaluation(pixels(shard, index), output));
  }

  /**
   * Writes one image as it is judged, [C, H, W], from {@code offset} of {@code target}.
   *
   * @throws DataException if it cannot be decoded or does not fit
   */
  public void evaluation(ImageEncoding encoding, byte[] image, float[] target, int offset) {
    check(encoding);
    if (encoding instanceof ImageEncoding.Floats) {
      copy(image, target, offset);
    } else {
      normalization.write(augmentation.evaluation(pixels(encoding, image), output), target, offset);
    }
  }

  private Batch batch(ImageShard shard, int[] indices, IntFunction<Pixels> view) {
    check(shard.encoding());
    float[] pixels = new float[indices.length * output.size()]; // [N, C, H, W]
    int[] labels = new int[indices.length];
    for (int n = 0; n < indices.length; n++) {
      if (shard.encoding() instanceof ImageEncoding.Floats) {
        copy(shard.image(indices[n]), pixels, n * output.size());
      } else {
        normalization.write(view.apply(indices[n]), pixels, n * output.size());
      }
      labels[n] = shard.label(indices[n]);
    }
    return new Batch(output, pixels, labels);
  }

  private static void copy(byte[] floats, float[] target, int offset) {
    ByteBuffer.wrap(floats)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(target, offset, floats.length / Float.BYTES);
  }

  private static Pixels pixels(ImageShard shard, int index) {
    try {
      return pixels(shard.encoding(), shard.image(index));
    } catch (DataException e) {
      throw new DataException("image " + index + " of its shard: " + e.getMessage(), e);
    }
  }

  private static Pixels pixels(ImageEncoding encoding, byte[] bytes) {
    Optional<ImageShape> raw = encoding.rawShape();
    if (raw.isEmpty()) {
      return ImageDecoder.decode(bytes);
    }
    if (bytes.length != raw.get().size()) {
      throw new DataException(bytes.length + " bytes for an image stored as " + encoding);
    }
    return Pixels.ofPlanes(raw.get(), bytes);
  }

  private boolean fits(ImageEncoding encoding) {
    return encoding instanceof ImageEncoding.Floats floats
        ? floats.shape().equals(output) && augmentation instanceof NoAugmentation
        : encoding.rawShape().map(this::fits).orElse(output.channels() == 3);
  }

  private boolean fits(ImageShape raw) {
    boolean channels = raw.channels() == output.channels() || raw.channels() == 1;
    return channels && raw.height() == output.height() && raw.width() == output.width();
  }
}
