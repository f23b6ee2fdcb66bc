// SPDX-License-Identifier: Apache-2.0
package org.bcgd.network.architecture;

import static org.bcgd.network.architecture.ConvolutionBlocks.IMAGE;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;

/**
 * The residual networks for images of 32×32: 6n + 2 layers, shortcuts without parameters (option
 * A).
 *
 * <pre>
 *   conv 3×3, 16
 *   stage1   n blocks of 16 channels
 *   stage2   n blocks of 32 channels, the first with stride 2
 *   stage3   n blocks of 64 channels, the first with stride 2
 *   average pool, dense classes
 * </pre>
 *
 * @param blocks n: 3 for ResNet-20, 5 for 32, 7 for 44, 9 for 56
 * @see <a href="https://arxiv.org/abs/1512.03385">He et al. 2016</a>, section 4.2
 */
record CifarResNet(int blocks) {

  ComputationGraphConfiguration graph(ConvolutionBlocks net, int classes) {
    String x = net.convolutionNorm("", 1, IMAGE, 16, Window.centred(3, 1));
    x = net.activation("activation1", x);
    x = stage(net, "stage1/", x, 16, 1);
    x = stage(net, "stage2/", x, 32, 2);
    x = stage(net, "stage3/", x, 64, 2);
    return net.classify(net.averagePool("pool", x), classes);
  }

  private String stage(
      ConvolutionBlocks net, String path, String input, int channels, int firstStride) {
    String x = input;
    for (int block = 1; block <= blocks; block++) {
      String blockPath = path + "block" + block + "/";
      int stride = block == 1 ? firstStride : 1;
      String shortcut = stride == 1 ? x : net.subsampleAndPad(blockPath + "shortcut", x, channels);
      x = BasicBlock.add(net, blockPath, x, shortcut, channels, stride);
    }
    return x;
  }
}
