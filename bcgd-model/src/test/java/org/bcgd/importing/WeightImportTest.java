// SPDX-License-Identifier: Apache-2.0
package org.bcgd.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.bcgd.data.ImageShape;
import org.bcgd.failure.DataException;
import org.bcgd.failure.SettingsException;
import org.bcgd.network.architecture.Architecture;
import org.bcgd.network.architecture.NetworkActivation;
import org.bcgd.parameters.ParameterLayout;
import org.bcgd.parameters.ParameterRole;
import org.bcgd.parameters.ParameterSlice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeightImportTest {

  private static final float UNTOUCHED = -7;

  /** 122 and 218 entries in torchvision's state dicts, a counter for each norm among them. */
  @ParameterizedTest
  @CsvSource({"RESNET18, 2 2 2 2, 122", "RESNET34, 3 4 6 3, 218"})
  void torchvisionsNamesFillEveryParameter(Architecture architecture, String blocks, int entries) {
    SafetensorsFile file = torchvision(blocks, 10, true);
    ParameterLayout layout = layout(architecture, 10);

    WeightImport imported = imported(file, Naming.TORCHVISION_RESNET, layout);

    assertThat(file.read().tensors()).hasSize(entries);
    assertThat(imported.taken()).hasSize(layout.slices().size());
    assertThat(imported.values()).doesNotContain(UNTOUCHED);
    assertThat(valueAt(imported, layout, "conv1/W")).isEqualTo(file.valueOf("conv1.weight"));
    assertThat(valueAt(imported, layout, "stage3/block2/norm1/var"))
        .isEqualTo(file.valueOf("layer3.1.bn1.running_var"));
    assertThat(valueAt(imported, layout, "stage4/block1/shortcut/conv/W"))
        .isEqualTo(file.valueOf("layer4.0.downsample.0.weight"));
    assertThat(valueAt(imported, layout, "stage4/block1/shortcut/norm/beta"))
        .isEqualTo(file.valueOf("layer4.0.downsample.1.bias"));
    assertThat(valueAt(imported, layout, "classifier/b")).isEqualTo(file.valueOf("fc.bias"));
  }

  @Test
  void aFoldedNormIsTheIdentityPlusTheBias() {
    SafetensorsFile file = torchvision("2 2 2 2", 10, false);
    ParameterLayout layout = layout(Architecture.RESNET18, 10);

    WeightImport imported = imported(file, Naming.TORCHVISION_RESNET_FOLDED, layout);

    assertThat(imported.taken()).hasSize(42);
    assertThat(imported.constant()).hasSize(3 * 20);
    String norm = "stage2/block1/shortcut/norm/";
    float x = 3.25f;
    double variance = valueAt(imported, layout, norm + "var") + 1e-5;
    double normal = (x - valueAt(imported, layout, norm + "mean")) / Math.sqrt(variance);
    double y =
        valueAt(imported, layout, norm + "gamma") * normal
            + valueAt(imported, layout, norm + "beta");
    assertThat((float) y).isEqualTo(x + file.valueOf("layer2.0.downsample.0.bias"));
  }

  @Test
  void allThatDoesNotFitIsToldAtOnce() {
    SafetensorsFile file =
        torchvision("2 2 2 2", 1000, true).without("layer1.0.conv1.weight").with("extra.weight", 3);

    assertThatThrownBy(
            () -> imported(file, Naming.TORCHVISION_RESNET, layout(Architecture.RESNET18, 10)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("net.safetensors")
        .hasMessageContaining("layer1.0.conv1.weight is missing")
        .hasMessageContaining("extra.weight is left over")
        .hasMessageContaining("fc.weight has the shape [1000, 512], classifier/W needs [10, 512]");
  }

  @Test
  void whatIsNamedAsFreshKeepsTheStart() {
    SafetensorsFile file = torchvision("2 2 2 2", 1000, true).without("layer4.1.conv2.weight");
    ParameterLayout layout = layout(Architecture.RESNET18, 10);

    WeightImport imported =
        imported(file, Naming.TORCHVISION_RESNET, layout, "layer4.?.conv?.weight", "fc.*");

    assertThat(imported.fresh())
        .containsExactlyInAnyOrder(
            "stage4/block1/conv1/W",
            "stage4/block1/conv2/W",
            "stage4/block2/conv1/W",
            "stage4/block2/conv2/W",
            "classifier/W",
            "classifier/b");
    assertThat(valueAt(imported, layout, "stage4/block1/conv1/W")).isEqualTo(UNTOUCHED);
    assertThat(valueAt(imported, layout, "stage4/block1/norm1/beta"))
        .isEqualTo(file.valueOf("layer4.0.bn1.bias"));
  }

  @Test
  void aPatternThatMatchesNothingIsRefused() {
    assertThatThrownBy(
            () ->
                imported(
                    torchvision("2 2 2 2", 10, true),
                    Naming.TORCHVISION_RESNET,
                    layout(Architecture.RESNET18, 10),
                    "layer5.*"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("layer5.*");
  }

  @Test
  void aNetworkThatTheNamingDoesNotKnowIsRefused() {
    ParameterLayout layout =
        new ParameterLayout(
            List.of(new ParameterSlice("dense3/W", ParameterRole.WEIGHT, 0, List.of(2, 2))));

    assertThatThrownBy(() -> imported(new SafetensorsFile(), Naming.CIFAR_RESNET, layout))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("dense3/W");
  }

  @Test
  void aNetworkWithResolutionsIsRefused() {
    ParameterLayout layout =
        new ParameterLayout(
            List.of(
                new ParameterSlice("activation1/alpha", ParameterRole.RESOLUTION, 0, List.of(1))));

    assertThatThrownBy(() -> imported(new SafetensorsFile(), Naming.CIFAR_RESNET, layout))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("activations.bits = 32");
  }

  private static WeightImport imported(
      SafetensorsFile file, Naming naming, ParameterLayout layout, String... fresh) {
    float[] start = new float[layout.size()];
    Arrays.fill(start, UNTOUCHED);
    return WeightImport.of(file.read(), naming, layout, List.of(fresh), start);
  }

  private static float valueAt(WeightImport imported, ParameterLayout layout, String name) {
    return imported.values()[layout.find(name).orElseThrow().offset()];
  }

  private static ParameterLayout layout(Architecture architecture, int classes) {
    return architecture
        .define(new ImageShape(3, 64, 64), classes, new NetworkActivation.Rectified())
        .layout();
  }

  /** The tensors of torchvision's residual networks, with norms or folded. */
  private static SafetensorsFile torchvision(String blocks, int classes, boolean norms) {
    SafetensorsFile file = new SafetensorsFile();
    convolution(file, "conv1", "bn1", norms, 64, 3, 7, 7);
    int inputs = 64;
    int layer = 1;
    for (String count : blocks.split(" ")) {
      int channels = 32 << layer;
      for (int block = 0; block < Integer.parseInt(count); block++) {
        String path = "layer" + layer + "." + block + ".";
        convolution(file, path + "conv1", path + "bn1", norms, channels, inputs, 3, 3);
        convolution(file, path + "conv2", path + "bn2", norms, channels, channels, 3, 3);
        if (inputs != channels) {
          String shortcut = path + "downsample.";
          convolution(file, shortcut + "0", shortcut + "1", norms, channels, inputs, 1, 1);
        }
        inputs = channels;
      }
      layer++;
    }
    return file.with("fc.weight", classes, 512).with("fc.bias", classes);
  }

  private static void convolution(
      SafetensorsFile file, String name, String norm, boolean norms, Integer... shape) {
    file.with(name + ".weight", shape);
    if (norms) {
      for (String part : List.of("weight", "bias", "running_mean", "running_var")) {
        file.with(norm + "." + part, shape[0]);
      }
      file.with(norm + ".num_batches_tracked");
    } else {
      file.with(name + ".bias", shape[0]);
    }
  }
}
