// SPDX-License-Identifier: Apache-2.0
package org.bcgd.data.transform;

import java.util.Optional;
import org.bcgd.data.ImageShape;
import org.bcgd.data.transform.integrity.FileIntegrity;
import org.bcgd.failure.DataException;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * JPEG and PNG files to pixels, by OpenCV. Greyscale, palette and CMYK images become red, green and
 * blue; transparency and the orientation tag are passed over, as is the custom for ImageNet.
 *
 * <p>A decoder that fills damaged parts of a JPEG with grey does not say so. Hence the two doors:
 * {@link #defect} looks closely, once, when an image enters the system; {@link #decode} is for
 * every epoch.
 */
public final class ImageDecoder {

  private ImageDecoder() {}

  /** What is wrong with an image file, or empty if all of it decodes without complaint. */
  public static Optional<String> defect(byte[] file) {
    return FileIntegrity.defect(file).or(() -> decodingDefect(file));
  }

  private static Optional<String> decodingDefect(byte[] file) {
    try {
      decode(file);
      return Optional.empty();
    } catch (DataException e) {
      return Optional.of(e.getMessage());
    }
  }

  /**
   * Decodes a file that has no {@link #defect}.
   *
   * @return [H, W, 3]
   * @throws DataException if it cannot be decoded at all
   */
  static Pixels decode(byte[] file) {
    if (file.length == 0) {
      throw new DataException("the file is empty");
    }
    try (Mat encoded = Mats.of(file, 1, file.length, 1);
        Mat decoded = decoded(encoded)) {
      if (decoded.empty()) {
        throw new DataException("not a JPEG or PNG image, or a damaged one");
      }
      opencv_imgproc.cvtColor(decoded, decoded, opencv_imgproc.COLOR_BGR2RGB);
      ImageShape shape = new ImageShape(3, decoded.rows(), decoded.cols());
      return new Pixels(shape, Mats.values(decoded));
    }
  }

  private static Mat decoded(Mat encoded) {
    int flags = opencv_imgcodecs.IMREAD_COLOR | opencv_imgcodecs.IMREAD_IGNORE_ORIENTATION;
    try {
      return opencv_imgcodecs.imdecode(encoded, flags);
    } catch (RuntimeException e) { // what a C++ exception becomes, such as one of absurd sizes
      throw new DataException("OpenCV cannot decode it: " + e.getMessage(), e);
    }
  }
}
