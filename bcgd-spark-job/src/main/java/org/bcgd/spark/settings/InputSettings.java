// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.settings;

import static org.bcgd.spark.settings.hocon.ValueType.choice;
import static org.bcgd.spark.settings.hocon.ValueType.listOf;
import static org.bcgd.spark.settings.hocon.ValueType.number;
import static org.bcgd.spark.settings.hocon.ValueType.positive;
import static org.bcgd.spark.settings.hocon.ValueType.wholeNumber;

import java.util.List;
import org.bcgd.data.ImageShape;
import org.bcgd.spark.settings.hocon.Section;

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
            input.value("augmentation", choice(Augmentation.class), Augmentation.NONE));
    String onePerChannel = "needed is one number for each channel";
    input.check(settings.mean.size() == shape.channels(), onePerChannel, "mean", "channels");
    input.check(
        settings.deviation.size() == shape.channels(), onePerChannel, "deviation", "channels");
    return settings;
  }
}
