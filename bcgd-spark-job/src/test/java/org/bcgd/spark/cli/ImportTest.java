// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Weights that PyTorch has trained, taken over from safetensors files. */
class ImportTest {

  private static final Path DATA = Path.of("..", "..", "shared", "data");
  private static final Path RESNET20 =
      DATA.resolve("pretrained/resnet20-cifar10-float.safetensors");
  private static final Path RESNET18 =
      DATA.resolve("pretrained/resnet18-imagenet-partial.safetensors");
  private static final Path CONF = Path.of("..", "conf");

  @TempDir Path directory;
  @RegisterExtension final Console console = new Console();

  @Test
  void anImportedResNet20HasTheTop1OfItsAuthorsToTheImage() throws Exception {
    assumeThat(RESNET20).exists();
    unpackTestImages();

    assertThat(runResNet20("import", "--from=" + RESNET20, "--naming=cifar-resnet")).isZero();
    assertThat(console.output()).contains("resnet20: 97 parameters", "0 started afresh");
    assertThat(
            runResNet20(
                "evaluate",
                "dataset.path=" + directory,
                "input.mean=[0.485, 0.456, 0.406]",
                "input.deviation=[0.229, 0.224, 0.225]"))
        .isZero();

    assertThat(console.output()).contains("on 10,000 images").containsPattern("top-1 +91.73 %");
  }

  @Test
  void aPartialFileNeedsToBeToldWhatStartsAfresh() {
    assumeThat(RESNET18).exists();
    String[] file = {"--from=" + RESNET18, "--naming=torchvision-resnet-folded"};

    assertThat(run("import", "imagenet-resnet18-float.conf", file)).isEqualTo(3);
    assertThat(console.errors())
        .contains(
            "layer4.0.conv1.weight is missing",
            "layer4.0.conv2.weight is missing",
            "layer4.1.conv1.weight is missing",
            "layer4.1.conv2.weight is missing")
        .doesNotContain("layer3", "\tat ");

    assertThat(
            run(
                "import",
                "imagenet-resnet18-float.conf",
                "--from=" + RESNET18,
                "--naming=torchvision-resnet-folded",
                "--fresh=layer4.?.conv?.weight"))
        .isZero();
    assertThat(console.output()).contains("4 started afresh", "afresh: stage4/block2/conv2/W");
  }

  @Test
  void aRunFolderIsImportedIntoOnce() {
    assumeThat(RESNET20).exists();
    String[] file = {"--from=" + RESNET20, "--naming=cifar-resnet"};
    assertThat(runResNet20("import", file)).isZero();

    assertThat(runResNet20("import", file)).isEqualTo(2);

    assertThat(console.errors())
        .contains("holds a checkpoint already")
        .doesNotContain("\tat org.bcgd");
  }

  @Test
  void aFileOfAnotherFormatIsRefused() throws IOException {
    Path file = Files.writeString(directory.resolve("weights.pth"), "PK and so on, no such file");

    assertThat(runResNet20("import", "--from=" + file, "--naming=cifar-resnet")).isEqualTo(3);

    assertThat(console.errors())
        .contains("weights.pth cannot be used")
        .doesNotContain("\tat org.bcgd");
    assertThat(directory.resolve("run")).doesNotExist();
  }

  @Test
  void aMissingFileAndAnUnknownNamingAreNamed() {
    assertThat(runResNet20("import", "--from=absent.safetensors", "--naming=cifar-resnet"))
        .isEqualTo(7);
    assertThat(console.errors()).contains("absent.safetensors").doesNotContain("\tat org.bcgd");

    assertThat(runResNet20("import", "--from=absent.safetensors", "--naming=keras")).isEqualTo(2);
    assertThat(console.errors()).contains("'keras' is none of", "torchvision-resnet-folded");
  }

  private int runResNet20(String verb, String... more) {
    return run(verb, "cifar10-resnet20-float.conf", more);
  }

  private int run(String verb, String conf, String... more) {
    return BcgdMain.run(
        Console.arguments(verb, CONF.resolve(conf), directory.resolve("run"), more));
  }

  private void unpackTestImages() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("xz", "-dc"));
    command.add(DATA.resolve("cifar10/test_batch.bin.xz").toString());
    Process unpacking =
        new ProcessBuilder(command)
            .redirectOutput(directory.resolve("test_batch.bin").toFile())
            .start();
    assumeThat(unpacking.waitFor()).isZero();
    Files.copy(DATA.resolve("cifar10/batches.meta.txt"), directory.resolve("batches.meta.txt"));
  }
}
