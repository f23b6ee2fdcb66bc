// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a run costs is told before it starts: info, validate and help. */
class PlanTest {

  private static final Path CONF = Path.of("..", "conf");

  @TempDir Path directory;
  @RegisterExtension final Console console = new Console();

  static Stream<Path> experiments() throws IOException {
    try (Stream<Path> files = Files.list(CONF)) {
      return files
          .filter(file -> file.toString().endsWith(".conf"))
          .filter(file -> !file.toString().endsWith(".inc.conf"))
          .filter(file -> !file.endsWith("spark-defaults.conf"))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("experiments")
  void everyExperimentShowsItsNetwork(Path experiment) {
    assertThat(BcgdMain.run("info", experiment.toString())).isZero();

    long packed = number("packed ([\\d,]+) bytes");
    long floats = number("in float32 ([\\d,]+) bytes");
    assertThat(console.output()).contains("layer", "weight bits", "classifier");
    assertThat(number(": ([\\d,]+) parameters")).isBetween(60_000L, floats / 4);
    if (experiment.toString().matches(".*-float(-imported)?\\.conf")) {
      assertThat(packed).isEqualTo(floats);
    } else {
      assertThat(packed).isLessThan(floats / 4);
    }
  }

  // ResNet-18 without biases in convolutions: 11,689,512 parameters, of which 9,600 are of batch
  // normalisation and 1,000 biases of the classifier; the other 11,678,912 take 1,459,864 bytes.
  @Test
  void binaryResNet18TakesOneAndAHalfMegabytes() {
    assertThat(BcgdMain.run("info", CONF.resolve("imagenet-resnet18-1w4a.conf").toString()))
        .isZero();

    assertThat(number(": ([\\d,]+) parameters")).isEqualTo(11_689_512);
    assertThat(number("packed ([\\d,]+) bytes")).isBetween(1_459_864L, 1_600_000L);
    assertThat(number("in float32 ([\\d,]+) bytes")).isBetween(4 * 11_689_512L, 47_000_000L);
  }

  // The first convolution of ResNet-18 makes 64 x 112 x 112 outputs of 3 x 7 x 7 inputs each:
  // 118,013,952 multiply-adds, of a 1-bit weight and a 32-bit pixel.
  @Test
  void theFirstLayerMultipliesBitsWithPixels() {
    assertThat(BcgdMain.run("info", CONF.resolve("imagenet-resnet18-1w4a.conf").toString()))
        .isZero();

    String convolution =
        console.output().lines().filter(line -> line.contains("112 x 112")).findFirst().get();
    assertThat(convolution.split(" {2,}"))
        .endsWith("9,408", "1", "32", "118,013,952", "3,776,446,464");
  }

  // LeNet-5 has 150 + 2,400 + 48,000 + 10,080 + 840 weights: 7,684 bytes at one bit each.
  @Test
  void validateTellsStepsAndBytesOfTheQuickstart() {
    Path quickstart = CONF.resolve("quickstart.conf");
    assertThat(BcgdMain.run("validate", quickstart.toString(), "--set", "training.epochs=5"))
        .isZero();

    assertThat(console.output())
        .contains("10,000 to train on, 2,000 to judge by")
        .contains("500 (5 epochs of 100)")
        .containsPattern("shards +2\\b");
    assertThat(number("([\\d,]+) down to each executor")).isBetween(7_684L, 12_500L);
    long up = number("([\\d,]+) up to the driver");
    assertThat(BcgdMain.run("info", quickstart.toString())).isZero();
    assertThat(up).isEqualTo(2 * number("in float32 ([\\d,]+) bytes"));
  }

  // 256 MiB of the process alone leave one for the network of each of two tasks: too little.
  @Test
  void validateRefusesExecutorsThatCannotHoldTheNetwork() {
    System.setProperty("spark.master", "yarn");
    System.setProperty("spark.executor.cores", "2");
    System.setProperty("spark.executor.memoryOverhead", "258m");
    try {
      assertThat(BcgdMain.run(Console.tiny("validate", directory.resolve("run")))).isEqualTo(2);
    } finally {
      System.clearProperty("spark.master");
      System.clearProperty("spark.executor.cores");
      System.clearProperty("spark.executor.memoryOverhead");
    }
    assertThat(console.output()).containsPattern("outside of the heap .* for 2 tasks at once");
    assertThat(console.errors())
        .contains("there are 258 MiB", "set --conf spark.executor.memoryOverhead=");
  }

  @Test
  void validateLeavesNoRunFolder() {
    Path folder = directory.resolve("run");

    assertThat(BcgdMain.run(Console.tiny("validate", folder, "--effective"))).isZero();

    assertThat(console.output()).contains("20 (2 epochs of 10)", "momentum=0.95");
    assertThat(folder).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"prepare", "train", "evaluate", "info", "validate"})
  void everyVerbHasHelp(String verb) {
    assertThat(BcgdMain.run(verb, "--help")).isZero();

    assertThat(console.output()).contains("Usage: bcgd " + verb, "SETTINGS", "--set=KEY=VALUE");
    assertThat(console.errors()).isEmpty();
  }

  @Test
  void trainHelpTellsOfResuming() {
    assertThat(BcgdMain.run("train", "--help")).isZero();
    assertThat(console.output()).contains("--resume");
  }

  @Test
  void helpNamesVerbsAndExitCodes() {
    assertThat(BcgdMain.run("--help")).isZero();
    for (String verb : List.of("prepare", "train", "evaluate", "info", "validate")) {
      assertThat(console.output()).containsPattern("(?m)^ +" + verb + " ");
    }
    assertThat(console.output()).contains("Exit codes:", "3  a dataset");
  }

  private long number(String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(console.output());
    assertThat(matcher.find()).as("%s in%n%s", pattern, console.output()).isTrue();
    return Long.parseLong(matcher.group(1).replace(",", ""));
  }
}
