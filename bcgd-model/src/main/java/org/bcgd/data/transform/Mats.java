// SPDX-License-Identifier: Apache-2.0
package org.bcgd.data.transform;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/** Java's bytes as OpenCV's matrices and back. To load this class is to load OpenCV. */
final class Mats {

  static {
    // A task has one core; the executor already runs as many tasks as there are cores.
    opencv_core.setNumThreads(1);
  }

  private Mats() {}

  /** A copy of {@code values}, [rows, columns, channels]. */
  static Mat of(byte[] values, int rows, int columns, int channels) {
    Mat mat = new Mat(rows, columns, opencv_core.CV_8UC(channels));
    data(mat).put(values);
    return mat;
  }

  /** A copy of the values of a matrix of bytes, [rows, columns, channels]. */
  static byte[] values(Mat mat) {
    byte[] values = new byte[Math.toIntExact(mat.total() * mat.channels())];
    data(mat).get(values);
    return values;
  }

  private static BytePointer data(Mat mat) {
    return mat.data().capacity(mat.total() * mat.channels());
  }
}
