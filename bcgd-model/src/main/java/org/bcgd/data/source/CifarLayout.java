// SPDX-License-Identifier: Apache-2.0
package org.bcgd.data.source;

import java.io.Serializable;
import java.util.List;
import org.bcgd.data.ImageShape;

/**
 * What tells CIFAR-10 and CIFAR-100 apart.
 *
 * @param labelBytes at the start of a record; the last of them is the label
 * @param classNameFile a line for each class; may be missing
 * @param training files in their order
 * @param evaluation files in their order
 */
record CifarLayout(
    int labelBytes,
    int classes,
    String classNameFile,
    List<String> training,
    List<String> evaluation)
    implements Serializable {

  static final CifarLayout CIFAR10 =
      new CifarLayout(
          1,
          10,
          "batches.meta.txt",
          List.of(
              "data_batch_1.bin",
              "data_batch_2.bin",
              "data_batch_3.bin",
              "data_batch_4.bin",
              "data_batch_5.bin"),
          List.of("test_batch.bin"));

  static final CifarLayout CIFAR100 =
      new CifarLayout(2, 100, "fine_label_names.txt", List.of("train.bin"), List.of("test.bin"));

  /** The shape of every image. */
  static final ImageShape SHAPE = new ImageShape(3, 32, 32);

  List<String> files(Split split) {
    return split == Split.TRAINING ? training : evaluation;
  }

  int recordLength() {
    return labelBytes + SHAPE.size();
  }
}
