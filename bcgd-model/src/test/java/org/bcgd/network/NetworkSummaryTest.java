// SPDX-License-Identifier: Apache-2.0
package org.bcgd.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.bcgd.data.ImageShape;
import org.bcgd.network.architecture.Architecture;
import org.bcgd.network.architecture.NetworkActivation;
import org.bcgd.parameters.LayerSelection;
import org.bcgd.parameters.WeightPrecision;
import org.bcgd.quantization.ActivationQuantizer;
import org.bcgd.quantization.BinaryQuantizer;
import org.bcgd.quantization.CoarseDerivative;
import org.bcgd.quantization.ResolutionDerivative;
import org.bcgd.quantization.Rounding;
import org.junit.jupiter.api.Test;

class NetworkSummaryTest {

  private static final NetworkActivation FOUR_BITS =
      new NetworkActivation.Quantized(
          new ActivationQuantizer(4, Rounding.UP),
          CoarseDerivative.CLIPPED_RELU,
          ResolutionDerivative.THREE_VALUED);
  private static final WeightPrecision BINARY =
      new WeightPrecision(
          Optional.of(new BinaryQuantizer()),
          WeightPrecision.Granularity.LAYER,
          new LayerSelection.All());

  private static LayerSummary layer(NetworkSummary summary, String name) {
    return summary.layers().stream()
        .filter(layer -> layer.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  // conv1 28 x 28 x 150, conv2 10 x 10 x 2400, dense 48000, 10080 and 840
  @Test
  void leNet5CostsWhatItsTableSays() {
    NetworkDefinition lenet = Architecture.LENET5.define(new ImageShape(1, 28, 28), 10, FOUR_BITS);
    NetworkSummary summary = NetworkSummary.of(lenet, BINARY);
    assertThat(layer(summary, "conv1"))
        .isEqualTo(
            new LayerSummary(
                "conv1", "ConvolutionLayer", List.of(6, 28, 28), 150, 1, 32, 117_600, 23));
    assertThat(layer(summary, "conv2"))
        .isEqualTo(
            new LayerSummary(
                "conv2", "ConvolutionLayer", List.of(16, 10, 10), 2400, 1, 4, 240_000, 304));
    assertThat(layer(summary, "activation3"))
        .isEqualTo(
            new LayerSummary("activation3", "QuantizedActivation", List.of(120), 0, 0, 32, 0, 4));
    assertThat(summary.multiplyAdds()).isEqualTo(117_600 + 240_000 + 48_000 + 10_080 + 840);
    assertThat(summary.bitOperations())
        .isEqualTo(117_600L * 32 + (240_000L + 48_000 + 10_080 + 840) * 4);
    assertThat(summary.parameters()).isEqualTo(61_932);
    // 452 running statistics and 4 resolutions besides
    assertThat(summary.floatBytes()).isEqualTo(4 * (61_932 + 452 + 4));
    // bits of 150, 2400, 48000, 10080 and 840 signs in whole bytes, 5 scales; 10 biases, 452 norm
    // parameters, 452 statistics and 4 resolutions stay float
    assertThat(summary.packedBytes())
        .isEqualTo(19 + 300 + 6000 + 1260 + 105 + 4 * 5 + 4 * (10 + 452 + 452 + 4));
  }

  @Test
  void resNet18HasItsPublishedSizeAndCost() {
    NetworkDefinition resnet =
        Architecture.RESNET18.define(new ImageShape(3, 224, 224), 1000, FOUR_BITS);
    NetworkSummary summary = NetworkSummary.of(resnet, BINARY);
    assertThat(summary.parameters()).isEqualTo(11_689_512);
    assertThat(summary.multiplyAdds()).isBetween(1_810_000_000L, 1_820_000_000L);
    assertThat(layer(summary, "conv1").outputShape()).containsExactly(64, 112, 112);
    assertThat(layer(summary, "stage1/block1/conv1").outputShape()).containsExactly(64, 56, 56);
    assertThat(layer(summary, "stage4/block2/activation2").outputShape())
        .containsExactly(512, 7, 7);
  }

  @Test
  void codesPassMaxPoolingAndShortcutsAndEndInSumsAndMeans() {
    NetworkSummary summary =
        NetworkSummary.of(
            Architecture.RESNET20.define(new ImageShape(3, 32, 32), 10, FOUR_BITS), BINARY);
    assertThat(layer(summary, "stage1/block1/conv1").inputBits()).isEqualTo(4);
    assertThat(layer(summary, "stage2/block1/shortcut").inputBits()).isEqualTo(4);
    assertThat(layer(summary, "stage2/block1/activation2").inputBits()).isEqualTo(32);
    assertThat(layer(summary, "classifier").inputBits()).isEqualTo(32);
  }

  @Test
  void floatWeightsPackToThemselves() {
    NetworkDefinition lenet = Architecture.LENET5.define(new ImageShape(1, 28, 28), 10, FOUR_BITS);
    NetworkSummary summary = NetworkSummary.of(lenet, WeightPrecision.floatingPoint());
    assertThat(summary.packedBytes()).isEqualTo(summary.floatBytes());
    assertThat(layer(summary, "conv2").weightBits()).isEqualTo(32);
  }
}
