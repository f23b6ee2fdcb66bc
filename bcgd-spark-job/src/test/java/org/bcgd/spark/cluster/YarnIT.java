// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.bcgd.data.source.Split;
import org.bcgd.spark.report.Result;
import org.bcgd.spark.settings.Settings;
import org.bcgd.spark.shards.DatasetPreparation;
import org.bcgd.spark.storage.Folder;
import org.bcgd.spark.training.TinyRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job jar on a real YARN, with dataset and run folder on a real HDFS: the profile yarn. */
@Tag("yarn")
class YarnIT {

  private static final String JAVA_HOME = System.getProperty("java.home");
  private static final List<String> YARN =
      List.of(
          "--master", "yarn",
          "--conf", "spark.driver.memory=700m",
          "--conf", "spark.executor.memory=600m",
          "--conf", "spark.executor.memoryOverhead=600m",
          "--conf", "spark.executor.instances=2",
          "--conf", "spark.executor.cores=1",
          "--conf", "spark.yarn.maxAppAttempts=2",
          "--conf", "spark.yarn.appMasterEnv.JAVA_HOME=" + JAVA_HOME,
          "--conf", "spark.executorEnv.JAVA_HOME=" + JAVA_HOME,
          "--conf", "spark.yarn.jars=local:" + jars());

  private static final String APPLICATION_MASTER = "org.apache.spark.deploy.yarn.ApplicationMaster";

  @TempDir static Path directory;

  private static YarnCluster yarn;
  private static Result local;

  private Launcher launcher;
  private Path settings;

  @BeforeAll
  static void start() throws IOException {
    TinyRun run = TinyRun.in(directory.resolve("local"));
    local = run.on("local[2]");
    yarn = YarnCluster.in(directory);
    try (JavaSparkContext spark =
        new JavaSparkContext(new SparkConf().setMaster("local[2]").setAppName("prepare"))) {
      Settings tiny = run.settings();
      DatasetPreparation preparation =
          new DatasetPreparation(spark, tiny.dataset(), tiny.run().seed());
      for (Split split : Split.values()) {
        preparation.write(split, yarn.uri("/dataset"));
      }
    }
  }

  @AfterAll
  static void stop() throws IOException {
    yarn.close();
  }

  @BeforeEach
  void prepare() throws IOException {
    launcher =
        new Launcher(
            directory.resolve("printed.log"),
            Map.of("HADOOP_CONF_DIR", yarn.configuration().toString()));
    settings = Files.writeString(directory.resolve("tiny.conf"), TinyRun.SETTINGS);
  }

  @Test
  void aDriverOnThisMachineGivesTheBitsOfALocalRun() throws Exception {
    assertThat(launcher.run(YARN, train(settings.toString(), "client")))
        .as(launcher.printed())
        .isZero();
    assertThat(result("client").weightsDigest()).isEqualTo(local.weightsDigest());
  }

  @Test
  void aDriverOnTheClusterThatIsKilledIsStartedAgainAndEndsWithTheSameBits() throws Exception {
    Process client = launcher.start(clusterMode(), train("tiny.conf", "killed"));
    Folder checkpoints = Folder.at(yarn.uri("/killed"), yarn.hadoop()).folder("checkpoints");
    waitUntil(() -> !checkpoints.names().isEmpty());
    YarnCluster.containers(APPLICATION_MASTER).forEach(ProcessHandle::destroyForcibly);

    assertThat(client.waitFor(4, TimeUnit.MINUTES)).isTrue();
    assertThat(client.exitValue()).as(launcher.printed()).isZero();
    assertThat(yarn.printed("_02_000001")).contains("Going on after step ", "Done: ");
    assertThat(result("killed").weightsDigest()).isEqualTo(local.weightsDigest());
  }

  @Test
  void executorsThatCannotHoldTheNetworkAreRefusedBeforeTheFirstStep() throws Exception {
    List<String> options = new ArrayList<>(YARN);
    options.addAll(List.of("--conf", "spark.executor.memoryOverhead=257m"));

    assertThat(launcher.run(options, train(settings.toString(), "small"))).isEqualTo(2);

    assertThat(launcher.printed())
        .contains("there are 257 MiB", "set --conf spark.executor.memoryOverhead=");
    assertThat(Folder.at(yarn.uri("/small"), yarn.hadoop()).folder("checkpoints").names())
        .isEmpty();
  }

  @Test
  void settingsThatCannotBeUsedFailTheApplicationAndAreTold() throws Exception {
    List<String> arguments = new ArrayList<>(train("tiny.conf", "bad"));
    arguments.addAll(List.of("--set", "weights.bits=9"));

    assertThat(launcher.run(clusterMode(), arguments)).isEqualTo(1);

    assertThat(launcher.printed()).contains("exit code 2", "bcgd: ", "weights.bits = 9");
  }

  private List<String> clusterMode() {
    List<String> options = new ArrayList<>(YARN);
    options.addAll(List.of("--deploy-mode", "cluster", "--files", settings.toString()));
    return options;
  }

  private static List<String> train(String settings, String folder) {
    return List.of(
        "train",
        settings,
        "--set",
        "run.folder=" + yarn.uri("/" + folder),
        "--set",
        "run.checkpoint-every-steps=2",
        "--set",
        "dataset.format=prepared",
        "--set",
        "dataset.training-limit=null",
        "--set",
        "dataset.evaluation-limit=null",
        "--set",
        "dataset.path=" + yarn.uri("/dataset"));
  }

  private static Result result(String folder) throws IOException {
    return Result.fromJson(Folder.textOf(yarn.uri("/" + folder + "/result.json"), yarn.hadoop()));
  }

  private static String jars() {
    return Path.of("target", "spark-home", "jars").toAbsolutePath() + "/*";
  }

  private static void waitUntil(BooleanSupplier reached) {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(6);
    while (!reached.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("not reached in six minutes");
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
  }
}
