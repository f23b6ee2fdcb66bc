// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bcgd.spark.report.Result;
import org.bcgd.spark.training.TinyRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher submits the job jar to a Spark that hands it to its executors itself. */
class LauncherIT {

  @TempDir Path directory;

  @Test
  void oneMachineAndClustersGiveTheSameBits() throws Exception {
    assertThat(launch(List.of(), train("local"))).isZero();
    assertThat(launch(List.of("--master", "local-cluster[2,1,1024]"), train("cluster"))).isZero();
    try (StandaloneCluster standalone = StandaloneCluster.in(directory)) {
      assertThat(launch(List.of("--master", standalone.master()), train("standalone"))).isZero();
    }

    Result local = result("local");
    assertThat(local.steps()).isEqualTo(10);
    assertThat(local.weightsDigest()).isPresent();
    for (String cluster : List.of("cluster", "standalone")) {
      assertThat(result(cluster).weightsDigest()).isEqualTo(local.weightsDigest());
      assertThat(result(cluster).evaluation()).isEqualTo(local.evaluation());
    }
  }

  @Test
  void theExitCodeOfTheProgramIsThatOfTheLauncher() throws Exception {
    List<String> arguments = new ArrayList<>(train("run"));
    arguments.addAll(List.of("--set", "weights.bits=9"));

    assertThat(launch(List.of(), arguments)).isEqualTo(2);

    assertThat(printed()).contains("bcgd: ", "weights.bits = 9").doesNotContain("\tat org.bcgd");
  }

  @Test
  void helpIsPrintedWithoutASettingsFile() throws Exception {
    assertThat(launch(List.of(), List.of("--help"))).isZero();
    assertThat(printed()).contains("Usage: bcgd", "Exit codes:");
  }

  @Test
  void aDriverInAPodTakesTheJarOfItsImage() throws Exception {
    List<String> pods = List.of("--master", "k8s://https://host:6443", "--deploy-mode", "cluster");

    assertThat(submitted(pods)).endsWith("\nlocal:///opt/bcgd/bcgd.jar\ntrain\nX.conf\n");
    assertThat(submitted(pods.subList(0, 2))).contains("-uber.jar\ntrain\nX.conf\n");
    assertThat(submitted(List.of("--master", "yarn", "--deploy-mode", "cluster")))
        .contains("-uber.jar\ntrain\nX.conf\n");
  }

  /** What the launcher hands to a Spark of the user's own, one word a line. */
  private String submitted(List<String> options) throws Exception {
    Path submit = directory.resolve("spark/bin/spark-submit");
    Files.createDirectories(submit.getParent());
    Files.writeString(submit, "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
    assertThat(submit.toFile().setExecutable(true)).isTrue();
    Launcher launcher =
        new Launcher(
            directory.resolve("printed.log"),
            Map.of("SPARK_HOME", directory.resolve("spark").toString()));

    assertThat(launcher.run(options, List.of("train", "X.conf"))).isZero();
    return launcher.printed();
  }

  private List<String> train(String folder) throws IOException {
    Path settings = Files.writeString(directory.resolve("tiny.conf"), TinyRun.SETTINGS);
    return List.of(
        "train",
        settings.toString(),
        "--set",
        "run.folder=" + directory.resolve(folder),
        "--set",
        "training.epochs=1");
  }

  private int launch(List<String> options, List<String> arguments) throws Exception {
    return launcher().run(options, arguments);
  }

  private String printed() throws IOException {
    return launcher().printed();
  }

  private Launcher launcher() {
    return new Launcher(directory.resolve("printed.log"), Map.of());
  }

  private Result result(String folder) throws IOException {
    return Result.fromJson(Files.readString(directory.resolve(folder).resolve("result.json")));
  }
}
