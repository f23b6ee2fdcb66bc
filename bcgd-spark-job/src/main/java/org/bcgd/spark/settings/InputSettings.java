// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.settings;

import static org.bcgd.spark.settings.hocon.ValueType.listOf;
import static org.bcgd.spark.settings.hocon.ValueType.number;
import static org.bcgd.spark.settings.hocon.ValueType.positive;
import static org.bcgd.spark.settings.hocon.ValueType.wholeNumber;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bcgd.data.ImageShape;
import org.bcgd.data.transform.Augmentation;
import org.bcgd.data.transform.NoAugmentation;
import org.bcgd.data.transform.Normalization;
import org.bcgd.data.transform.PadCropFlip;
import org.bcgd.data.transform.Preprocessing;
import org.bcgd.data.transform.RandomResizedCropFlip;
import org.bcgd.spark.settings.hocon.Section;
import org.bcgd.spark.settings.hocon.ValueType;

/**
 * Section {@code input}: what enters the network.
 *
 * <pre>
 *   (pixel / 255 − mean[channel]) / deviation[channel]
 * </pre>
 *
 * @param shape of an image
 * @param mean subtracted, one for each channel, of pixels in 0..1
 * @param deviation divided by, one for each channel, of pixels in 0..1
 * @param augmentation of training images
 */
public record InputSettings(
    ImageShape shape, List<Double> mean, List<Double> deviation, Augmentation augmentation) {

  private static final int PADDING = 4;
  private static final ValueType<Augmentation> AUGMENTATION =
      ValueType.named(
          new TreeMap<>(
              Map.of(
                  "none", new NoAugmentation(),
                  "flip", new PadCropFlip(0),
                  "pad-crop-flip", new PadCropFlip(PADDING),
                  "random-resized-crop-flip", RandomResizedCropFlip.PHOTOGRAPHS)));

  static InputSettings read(Section input) {
    ImageShape shape =
        new ImageShape(
            input.required("channels", wholeNumber(1, 3, 3).restrictedTo(n -> n != 2, "1 or 3")),
            input.required("height", wholeNumber(1, 4096, 32)),
            input.required("width", wholeNumber(1, 4096, 32)));
    InputSettings settings =
        new InputSettings(
            shape,
            input.required("mean", listOf(number(0, 1, 0.5))),
            input.required("deviation", listOf(positive(0.25))),
            input.value("augmentation", AUGMENTATION, new NoAugmentation()));
    String onePerChannel = "needed is one number for each channel";
    input.check(settings.mean.size() == shape.channels(), onePerChannel, "mean", "channels");
    input.check(
        settings.deviation.size() == shape.channels(), onePerChannel, "deviation", "channels");
    return settings;
  }

  /** The same as the data room speaks of it. */
  public Preprocessing preprocessing() {
    return new Preprocessing(
        shape, new Normalization(floats(mean), floats(deviation)), augmentation);
  }

  private static float[] floats(List<Double> values) {
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = values.get(i).floatValue();
    }
    return floats;
  }
}
