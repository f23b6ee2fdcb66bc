// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bcgd.spark.report.Result;
import org.bcgd.spark.training.TinyRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher submits the job jar to a Spark that hands it to its executors itself. */
class LauncherIT {

  private static final Path LAUNCHER = Path.of("..", "deploy", "bcgd");

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

    assertThat(printed()).contains("bcgd: ", "weights.bits = 9").doesNotContain("\tat ");
  }

  @Test
  void helpIsPrintedWithoutASettingsFile() throws Exception {
    assertThat(launch(List.of(), List.of("--help"))).isZero();
    assertThat(printed()).contains("Usage: bcgd", "Exit codes:");
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
    List<String> command = new ArrayList<>(List.of(LAUNCHER.toString()));
    command.addAll(options);
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("printed.log").toFile());
    builder.environment().keySet().removeAll(List.of("SPARK_HOME", "SPARK_CONF_DIR"));
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    Process process = builder.start();
    try {
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).as(printed()).isTrue();
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  private String printed() throws IOException {
    return Files.readString(directory.resolve("printed.log"));
  }

  private Result result(String folder) throws IOException {
    return Result.fromJson(Files.readString(directory.resolve(folder).resolve("result.json")));
  }
}
