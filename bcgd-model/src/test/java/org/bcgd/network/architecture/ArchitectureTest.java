// SPDX-License-Identifier: Apache-2.0
package org.bcgd.network.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.bcgd.data.ImageShape;
import org.bcgd.failure.SettingsException;
import org.bcgd.network.NetworkDefinition;
import org.bcgd.parameters.ParameterLayout;
import org.bcgd.parameters.ParameterRole;
import org.bcgd.parameters.ParameterSlice;
import org.bcgd.quantization.ActivationQuantizer;
import org.bcgd.quantization.CoarseDerivative;
import org.bcgd.quantization.ResolutionDerivative;
import org.bcgd.quantization.Rounding;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ArchitectureTest {

  private static final NetworkActivation QUANTIZED =
      new NetworkActivation.Quantized(
          new ActivationQuantizer(4, Rounding.UP),
          CoarseDerivative.CLIPPED_RELU,
          ResolutionDerivative.THREE_VALUED);

  private static NetworkDefinition define(Architecture architecture, int classes) {
    return architecture.define(imageOf(architecture), classes, QUANTIZED);
  }

  private static ImageShape imageOf(Architecture architecture) {
    return switch (architecture) {
      case LENET5 -> new ImageShape(1, 28, 28);
      case RESNET18, RESNET34 -> new ImageShape(3, 224, 224);
      default -> new ImageShape(3, 32, 32);
    };
  }

  @ParameterizedTest
  @EnumSource
  void theLayoutIsWhereDeeplearning4jKeepsEachParameter(Architecture architecture) {
    NetworkDefinition network = define(architecture, 10);
    ParameterLayout layout = network.layout();
    float[] values = new float[layout.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 16_777_213; // whole numbers that float32 holds
    }
    ComputationGraph graph = new ComputationGraph(network.graph());
    graph.init(Nd4j.create(values, new long[] {1, values.length}, 'c'), false);

    assertThat(graph.paramTable()).hasSize(layout.slices().size());
    for (ParameterSlice slice : layout.slices()) {
      int slash = slice.name().lastIndexOf('/');
      INDArray parameter =
          graph
              .paramTable()
              .get(slice.name().substring(0, slash) + "_" + slice.name().substring(slash + 1));
      boolean dense = slice.role() == ParameterRole.WEIGHT && slice.shape().size() == 2;
      INDArray outputsFirst = dense ? parameter.transpose() : parameter;
      long[] shape = slice.shape().stream().mapToLong(Integer::longValue).toArray();
      assertThat(outputsFirst.length()).as(slice.name()).isEqualTo(slice.length());
      if (slice.role() == ParameterRole.WEIGHT) {
        assertThat(outputsFirst.shape()).as(slice.name()).isEqualTo(shape);
      }
      INDArray rowMajor = outputsFirst.dup('c').reshape(slice.length());
      for (int i : new int[] {0, 1, slice.length() / 2, slice.length() - 1}) {
        int index = Math.min(i, slice.length() - 1);
        assertThat(rowMajor.getFloat(index))
            .as("%s, value %d", slice.name(), index)
            .isEqualTo(values[slice.offset() + index]);
      }
    }
    graph.close();
  }

  // ResNet-18 and 34: the counts of torchvision. CIFAR ResNets: of the common option-A
  // implementations. VGG-11: conv 9,217,728, norms 5,504, dense 5,130. LeNet-5: conv 150 + 2,400,
  // dense 48,000 + 10,080 + 850, norms 452.
  @ParameterizedTest
  @CsvSource({
    "LENET5, 10, 61932, 4",
    "VGG11, 10, 9228362, 8",
    "RESNET20, 10, 269722, 19",
    "RESNET32, 10, 464154, 31",
    "RESNET44, 10, 658586, 43",
    "RESNET56, 10, 853018, 55",
    "RESNET18, 1000, 11689512, 17",
    "RESNET34, 1000, 21797672, 33"
  })
  void hasThePublishedNumberOfParametersAndOneResolutionForEachActivation(
      Architecture architecture, int classes, int parameters, int resolutions) {
    ParameterLayout layout = define(architecture, classes).layout();
    int trained =
        layout.slices().stream()
            .filter(slice -> !slice.role().isRunningStatistic())
            .filter(slice -> slice.role() != ParameterRole.RESOLUTION)
            .mapToInt(ParameterSlice::length)
            .sum();
    assertThat(trained).isEqualTo(parameters);
    assertThat(layout.withRole(ParameterRole.RESOLUTION)).hasSize(resolutions);
  }

  @Test
  void resNet18HasThePartsOfItsTable() {
    ParameterLayout layout = define(Architecture.RESNET18, 1000).layout();
    List<ParameterSlice> weights = layout.withRole(ParameterRole.WEIGHT).toList();
    int convolutions =
        weights.stream()
            .filter(slice -> slice.shape().size() == 4)
            .mapToInt(ParameterSlice::length)
            .sum();
    assertThat(convolutions).isEqualTo(11_166_912);
    assertThat(layout.find("classifier/W").orElseThrow().shape()).containsExactly(1000, 512);
    assertThat(layout.find("classifier/b").orElseThrow().shape()).containsExactly(1000);
    assertThat(layout.find("stage2/block1/shortcut/conv/W").orElseThrow().shape())
        .containsExactly(128, 64, 1, 1);
    int norms =
        layout.slices().stream()
            .filter(
                slice ->
                    slice.role() == ParameterRole.NORM_SCALE
                        || slice.role() == ParameterRole.NORM_SHIFT)
            .mapToInt(ParameterSlice::length)
            .sum();
    assertThat(norms).isEqualTo(9_600);
  }

  @Test
  void leNet5ReadsLikeItsTable() {
    assertThat(define(Architecture.LENET5, 10).layout().slices())
        .extracting(ParameterSlice::name)
        .containsExactly(
            "conv1/W",
            "norm1/gamma",
            "norm1/beta",
            "norm1/mean",
            "norm1/var",
            "activation1/alpha",
            "conv2/W",
            "norm2/gamma",
            "norm2/beta",
            "norm2/mean",
            "norm2/var",
            "activation2/alpha",
            "dense3/W",
            "norm3/gamma",
            "norm3/beta",
            "norm3/mean",
            "norm3/var",
            "activation3/alpha",
            "dense4/W",
            "norm4/gamma",
            "norm4/beta",
            "norm4/mean",
            "norm4/var",
            "activation4/alpha",
            "classifier/W",
            "classifier/b");
  }

  @Test
  void aFloatNetworkIsTheSameWithoutResolutions() {
    ImageShape image = new ImageShape(3, 32, 32);
    NetworkDefinition network =
        Architecture.RESNET20.define(image, 10, new NetworkActivation.Rectified());
    List<String> quantized =
        define(Architecture.RESNET20, 10).layout().slices().stream()
            .filter(slice -> slice.role() != ParameterRole.RESOLUTION)
            .map(ParameterSlice::name)
            .toList();
    assertThat(network.layout().slices()).extracting(ParameterSlice::name).isEqualTo(quantized);
  }

  @ParameterizedTest
  @EnumSource
  void isFoundByTheNameThatSettingsUse(Architecture architecture) {
    assertThat(Architecture.named(architecture.id())).isEqualTo(architecture);
  }

  @Test
  void anUnknownNameIsAnsweredWithTheKnownOnes() {
    assertThatThrownBy(() -> Architecture.named("resnet19"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("resnet19")
        .hasMessageContaining("resnet20, resnet32");
  }

  @Test
  void anImageThatIsTooSmallIsRefused() {
    assertThatThrownBy(() -> Architecture.VGG11.define(new ImageShape(1, 28, 28), 10, QUANTIZED))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("vgg11")
        .hasMessageContaining("1 x 28 x 28");
  }
}
