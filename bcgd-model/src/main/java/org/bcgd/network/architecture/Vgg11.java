// SPDX-License-Identifier: Apache-2.0
package org.bcgd.network.architecture;

import static org.bcgd.network.architecture.ConvolutionBlocks.IMAGE;

import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;

/**
 * VGG-11 for images of 32×32, with batch normalisation and one dense layer, as the authors of the
 * paper train it on CIFAR-10.
 *
 * <pre>
 *   conv 3×3:  64 · 128 · 256 256 · 512 512 · 512 512 ·        (· is a 2×2 max pool)
 *   dense classes
 * </pre>
 *
 * @see <a href="https://arxiv.org/abs/1409.1556">Simonyan and Zisserman 2015</a>, configuration A
 */
final class Vgg11 {

  private static final List<List<Integer>> STAGES =
      List.of(List.of(64), List.of(128), List.of(256, 256), List.of(512, 512), List.of(512, 512));

  private Vgg11() {}

  static ComputationGraphConfiguration graph(ConvolutionBlocks net, int classes) {
    String x = IMAGE;
    int number = 0;
    for (int stage = 1; stage <= STAGES.size(); stage++) {
      for (int channels : STAGES.get(stage - 1)) {
        number++;
        x = net.convolutionNorm("", number, x, channels, Window.centred(3, 1));
        x = net.activation("activation" + number, x);
      }
      x = net.maxPool("pool" + stage, x, Window.tiles(2));
    }
    return net.classify(x, classes);
  }
}
