// SPDX-License-Identifier: Apache-2.0
package org.bcgd.network.architecture;

import static org.bcgd.network.architecture.ConvolutionBlocks.IMAGE;

import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;

/**
 * The residual networks for ImageNet that are made of basic blocks, with 1×1 convolutions as
 * shortcuts where a stage changes the shape (option B).
 *
 * <pre>
 *   conv 7×7, 64, stride 2;  max pool 3, stride 2
 *   stage1..4   blocks of 64, 128, 256, 512 channels; the first of stages 2..4 with stride 2
 *   average pool, dense classes
 * </pre>
 *
 * @param blocks of each stage: 2, 2, 2, 2 for ResNet-18 and 3, 4, 6, 3 for ResNet-34
 * @see <a href="https://arxiv.org/abs/1512.03385">He et al. 2016</a>, table 1
 */
record ImageNetResNet(List<Integer> blocks) {

  ComputationGraphConfiguration graph(ConvolutionBlocks net, int classes) {
    String x = net.convolutionNorm("", 1, IMAGE, 64, Window.centred(7, 2));
    x = net.activation("activation1", x);
    x = net.maxPool("pool1", x, Window.centred(3, 2));
    for (int stage = 1; stage <= blocks.size(); stage++) {
      x = stage(net, stage, x, 64 << (stage - 1));
    }
    return net.classify(net.averagePool("pool", x), classes);
  }

  private String stage(ConvolutionBlocks net, int stage, String input, int channels) {
    String x = input;
    for (int block = 1; block <= blocks.get(stage - 1); block++) {
      String path = "stage" + stage + "/block" + block + "/";
      boolean halves = stage > 1 && block == 1;
      int stride = halves ? 2 : 1;
      String shortcut = halves ? projection(net, path + "shortcut/", x, channels) : x;
      x = BasicBlock.add(net, path, x, shortcut, channels, stride);
    }
    return x;
  }

  private static String projection(ConvolutionBlocks net, String path, String input, int channels) {
    return net.norm(
        path + "norm", net.convolution(path + "conv", input, channels, new Window(1, 2, 0)));
  }
}
