// SPDX-License-Identifier: Apache-2.0
package org.bcgd.network.architecture;

/**
 * The residual block of two 3×3 convolutions.
 *
 * <pre>
 *   y = a(norm(conv(a(norm(conv(x))))) + shortcut(x))
 * </pre>
 *
 * @see <a href="https://arxiv.org/abs/1512.03385">He et al. 2016</a>
 */
final class BasicBlock {

  private BasicBlock() {}

  /** Adds the block at {@code path}, whose first convolution has the given stride. */
  static String add(
      ConvolutionBlocks net, String path, String input, String shortcut, int channels, int stride) {
    String x = net.convolutionNorm(path, 1, input, channels, Window.centred(3, stride));
    x = net.activation(path + "activation1", x);
    x = net.convolutionNorm(path, 2, x, channels, Window.centred(3, 1));
    x = net.add(path + "add", x, shortcut);
    return net.activation(path + "activation2", x);
  }
}
