// SPDX-License-Identifier: Apache-2.0
package org.bcgd.network.architecture;

import static org.bcgd.network.architecture.ConvolutionBlocks.IMAGE;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;

/**
 * LeNet-5 with batch normalisation before each activation and max pooling.
 *
 * <pre>
 *   conv 5×5, 6      pool 2
 *   conv 5×5, 16     pool 2      (no padding)
 *   dense 120
 *   dense 84
 *   dense classes
 * </pre>
 *
 * @see <a href="https://doi.org/10.1109/5.726791">LeCun et al. 1998</a>
 */
final class LeNet5 {

  private LeNet5() {}

  static ComputationGraphConfiguration graph(ConvolutionBlocks net, int classes) {
    String x = net.convolutionNorm("", 1, IMAGE, 6, Window.centred(5, 1));
    x = net.activation("activation1", x);
    x = net.maxPool("pool1", x, Window.tiles(2));
    x = net.convolutionNorm("", 2, x, 16, Window.inside(5));
    x = net.activation("activation2", x);
    x = net.maxPool("pool2", x, Window.tiles(2));
    x = net.norm("norm3", net.dense("dense3", x, 120));
    x = net.activation("activation3", x);
    x = net.norm("norm4", net.dense("dense4", x, 84));
    x = net.activation("activation4", x);
    return net.classify(x, classes);
  }
}
