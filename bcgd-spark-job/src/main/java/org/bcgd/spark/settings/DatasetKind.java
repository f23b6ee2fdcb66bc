// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.settings;

import java.util.Optional;
import org.bcgd.data.source.DatasetFormat;

/** How the images and labels of a dataset are stored. */
public enum DatasetKind {
  /** The part of Fashion-MNIST that the program brings along; needs no path. */
  FASHION_MNIST_SAMPLE(DatasetFormat.FASHION_MNIST_SAMPLE),
  /** The binary version of CIFAR-10. */
  CIFAR10(DatasetFormat.CIFAR10),
  /** The binary version of CIFAR-100, with its fine labels. */
  CIFAR100(DatasetFormat.CIFAR100),
  /** The files of the MNIST family, compressed or not. */
  IDX(DatasetFormat.IDX),
  /** One folder for each class, with JPEG or PNG files, as ImageNet is laid out. */
  IMAGE_FOLDER(DatasetFormat.IMAGE_FOLDER),
  /** Shards written by the verb {@code prepare}. */
  PREPARED(null),
  /** Images that a program hands over, such as the rows of a DataFrame; no verb can read them. */
  GIVEN(null);

  private final DatasetFormat published; // null for what was published by nobody

  DatasetKind(DatasetFormat published) {
    this.published = published;
  }

  /** The format of a dataset as it was published; empty for prepared shards and given images. */
  public Optional<DatasetFormat> published() {
    return Optional.ofNullable(published);
  }

  /** Whether it is read from a path. */
  public boolean needsPath() {
    return this != FASHION_MNIST_SAMPLE && this != GIVEN;
  }
}
