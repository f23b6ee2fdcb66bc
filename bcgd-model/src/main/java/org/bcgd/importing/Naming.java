// SPDX-License-Identifier: Apache-2.0
package org.bcgd.importing;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bcgd.importing.Source.Constant;
import org.bcgd.importing.Source.FromTensor;
import org.bcgd.parameters.ParameterSlice;

/**
 * How other programs name the tensors of the residual networks that are shipped here.
 *
 * <pre>
 *   here                               there
 *   conv1/W                            conv1.weight
 *   norm1/gamma, beta, mean, var       bn1.weight, bias, running_mean, running_var
 *   stage2/block1/conv1/W              layer2.0.conv1.weight
 *   stage2/block1/shortcut/conv/W      layer2.0.downsample.0.weight
 *   stage2/block1/shortcut/norm/…      layer2.0.downsample.1.…
 *   classifier/W, b                    fc.weight, bias, or linear.weight, bias
 * </pre>
 */
public enum Naming {
  /** ResNet-18 and ResNet-34 as torchvision names them. */
  TORCHVISION_RESNET("fc", false),
  /** ResNet-20 to ResNet-56 for CIFAR as PyTorch code commonly names them. */
  CIFAR_RESNET("linear", false),
  /**
   * Torchvision's names for a network whose batch normalisation was folded into the convolutions:
   * conv.weight and conv.bias, and no bn. The norm becomes the identity plus the bias.
   *
   * <pre>
   *   y = γ·(x − mean)/√(var + ε) + β = x + bias     γ = 1, mean = 0, var = 1 − ε, β = bias
   * </pre>
   */
  TORCHVISION_RESNET_FOLDED("fc", true);

  private static final double EPSILON = 1e-5; // of batch normalisation, here as there
  private static final Pattern LINEAR = Pattern.compile("(.*)conv(\\d*)/W");
  private static final Pattern NORM = Pattern.compile("(.*)norm(\\d*)/(gamma|beta|mean|var)");
  private static final Pattern CLASSIFIER = Pattern.compile("classifier/([Wb])");
  private static final Pattern BLOCK = Pattern.compile("stage(\\d+)/block(\\d+)/(shortcut/)?");

  private final String classifier;
  private final boolean folded;

  Naming(String classifier, boolean folded) {
    this.classifier = classifier;
    this.folded = folded;
  }

  /** Whether a tensor counts batches only, which no network here does. */
  static boolean isCounter(String tensor) {
    return tensor.endsWith(".num_batches_tracked");
  }

  /** Where the values of a parameter come from; empty if this naming has no name for it. */
  Optional<Source> source(ParameterSlice slice) {
    Matcher linear = LINEAR.matcher(slice.name());
    if (linear.matches()) {
      return Optional.of(new FromTensor(convolution(linear.group(1), linear.group(2)) + "weight"));
    }
    Matcher norm = NORM.matcher(slice.name());
    if (norm.matches()) {
      return Optional.of(norm(norm.group(1), norm.group(2), norm.group(3)));
    }
    Matcher dense = CLASSIFIER.matcher(slice.name());
    return dense.matches()
        ? Optional.of(
            new FromTensor(classifier + (dense.group(1).equals("W") ? ".weight" : ".bias")))
        : Optional.empty();
  }

  private Source norm(String path, String number, String parameter) {
    String tensor = number.isEmpty() ? prefix(path) + "1." : prefix(path) + "bn" + number + ".";
    return switch (parameter) {
      case "gamma" -> folded ? new Constant(1) : new FromTensor(tensor + "weight");
      case "beta" -> new FromTensor((folded ? convolution(path, number) : tensor) + "bias");
      case "mean" -> folded ? new Constant(0) : new FromTensor(tensor + "running_mean");
      case "var" ->
          folded ? new Constant((float) (1 - EPSILON)) : new FromTensor(tensor + "running_var");
      default -> throw new IllegalArgumentException("a norm has no parameter " + parameter);
    };
  }

  /** A convolution without a number is the one of a shortcut, the first of its sequence. */
  private static String convolution(String path, String number) {
    return number.isEmpty() ? prefix(path) + "0." : prefix(path) + "conv" + number + ".";
  }

  /** stage2/block1/shortcut/ is layer2.0.downsample. */
  private static String prefix(String path) {
    Matcher block = BLOCK.matcher(path);
    if (!block.matches()) {
      return path;
    }
    int position = Integer.parseInt(block.group(2)) - 1;
    return "layer%s.%d.%s"
        .formatted(block.group(1), position, block.group(3) == null ? "" : "downsample.");
  }
}
