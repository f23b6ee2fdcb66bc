// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.settings;

/** How the images and labels of a dataset are stored. */
public enum DatasetFormat {
  /** The part of Fashion-MNIST that the program brings along; needs no path. */
  FASHION_MNIST_SAMPLE(1),
  /** The binary version of CIFAR-10. */
  CIFAR10(3),
  /** The binary version of CIFAR-100, with its fine labels. */
  CIFAR100(3),
  /** The files of the MNIST family, compressed or not. */
  IDX(1),
  /** One folder for each class, with JPEG or PNG files, as ImageNet is laid out. */
  IMAGE_FOLDER(3),
  /** Shards written by the verb {@code prepare}. */
  PREPARED(0);

  private final int channels; // 0 for any

  DatasetFormat(int channels) {
    this.channels = channels;
  }

  /** Whether images of so many channels come out of it. */
  public boolean hasChannels(int count) {
    return channels == 0 || channels == count;
  }

  /** Whether it is read from a path. */
  public boolean needsPath() {
    return this != FASHION_MNIST_SAMPLE;
  }
}
