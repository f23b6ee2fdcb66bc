// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bcgd.parameters.LayerSelection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConfFilesTest {

  private static final Path CONF = Path.of("..", "conf");

  static Stream<Path> experiments() throws IOException {
    try (Stream<Path> files = Files.list(CONF)) {
      return files.filter(ConfFilesTest::isExperiment).sorted().toList().stream();
    }
  }

  private static boolean isExperiment(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".conf")
        && !name.endsWith(".inc.conf")
        && !name.equals("spark-defaults.conf");
  }

  @ParameterizedTest
  @MethodSource("experiments")
  void everyExperimentIsValidAndNamedAfterItsFile(Path file) {
    Settings settings = Settings.read(file, List.of());

    assertThat(file.getFileName()).hasToString(settings.name() + ".conf");
    assertThat(settings.run().folder()).isEqualTo("runs/" + settings.name());
  }

  @ParameterizedTest
  @MethodSource("experiments")
  void everyExperimentSaysWhatItIsAndHowToRunIt(Path file) throws IOException {
    assertThat(Files.readString(file))
        .contains("# Reproduces  ", "# Expected    ", "# Data        ", "# Run         ")
        .contains("deploy/bcgd train conf/" + file.getFileName());
  }

  @Test
  void publishedExperimentsAreThere() throws IOException {
    assertThat(experiments().map(file -> file.getFileName().toString()))
        .contains(
            "quickstart.conf",
            "cifar10-resnet20-1w4a.conf",
            "cifar10-vgg11-1w4a.conf",
            "imagenet-resnet18-1w4a.conf",
            "imagenet-resnet18-1w4a-float-first-last.conf");
  }

  @Test
  void anotherNameMovesTheRunFolder() {
    assertThat(Settings.read(CONF.resolve("quickstart.conf"), List.of("name=mine")).run().folder())
        .isEqualTo("runs/mine");
  }

  @Test
  void quantizedExperimentsStartFromTheirFloatTwin() {
    for (String network : List.of("cifar10-resnet20", "cifar10-vgg11", "imagenet-resnet18")) {
      Settings twin = Settings.read(CONF.resolve(network + "-float.conf"), List.of());
      Settings quantized = Settings.read(CONF.resolve(network + "-1w4a.conf"), List.of());

      assertThat(quantized.initialWeights().from()).contains(twin.run().folder());
      assertThat(quantized.network()).isEqualTo(twin.network());
      assertThat(quantized.input()).isEqualTo(twin.input());
      assertThat(twin.weights().isFloat()).isTrue();
      assertThat(twin.activations().quantizer()).isEmpty();
    }
  }

  @Test
  void floatFirstAndLastDiffersInNothingElse() {
    Settings all = Settings.read(CONF.resolve("imagenet-resnet18-1w4a.conf"), List.of());
    Settings inner =
        Settings.read(CONF.resolve("imagenet-resnet18-1w4a-float-first-last.conf"), List.of());

    assertThat(all.differences(inner))
        .extracting(Difference::key)
        .containsExactly("name", "run.folder", "weights.layers");
    assertThat(inner.weights().layers()).isEqualTo(new LayerSelection.AllButFirstAndLast());
  }
}
