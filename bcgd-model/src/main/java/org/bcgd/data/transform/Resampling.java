// SPDX-License-Identifier: Apache-2.0
package org.bcgd.data.transform;

import org.bcgd.data.ImageShape;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * A rectangle of an image at another size: the mean over the area of each new pixel where both
 * sides shrink, bilinear otherwise.
 */
final class Resampling {

  private Resampling() {}

  /** {@code box} of {@code image} with the height and width of {@code output}. */
  static Pixels resample(Pixels image, CropBox box, ImageShape output) {
    if (box.height() == output.height() && box.width() == output.width()) {
      return image.window(box.y(), box.x(), box.height(), box.width());
    }
    ImageShape shape = image.shape();
    boolean shrinks = box.height() >= output.height() && box.width() >= output.width();
    int method = shrinks ? opencv_imgproc.INTER_AREA : opencv_imgproc.INTER_LINEAR;
    try (Mat whole = Mats.of(image.values(), shape.height(), shape.width(), shape.channels());
        Rect rectangle = new Rect(box.x(), box.y(), box.width(), box.height());
        Mat part = new Mat(whole, rectangle);
        Size size = new Size(output.width(), output.height());
        Mat resized = new Mat()) {
      opencv_imgproc.resize(part, resized, size, 0, 0, method);
      return new Pixels(
          new ImageShape(shape.channels(), output.height(), output.width()), Mats.values(resized));
    }
  }
}
