// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.settings;

/** The networks that the program brings along. */
public enum Architecture {
  /** LeNet-5 for small grey images. */
  LENET5,
  /** VGG-11 with batch normalisation, for CIFAR. */
  VGG11,
  /** Residual network of 20 layers, for CIFAR. */
  RESNET20,
  /** Residual network of 32 layers, for CIFAR. */
  RESNET32,
  /** Residual network of 44 layers, for CIFAR. */
  RESNET44,
  /** Residual network of 56 layers, for CIFAR. */
  RESNET56,
  /** Residual network of 18 layers, for ImageNet. */
  RESNET18,
  /** Residual network of 34 layers, for ImageNet. */
  RESNET34
}
