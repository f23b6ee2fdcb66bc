// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.bcgd.failure.StorageException;
import org.bcgd.packed.PackedFormat;
import org.bcgd.packed.PackedModel;
import org.bcgd.spark.report.Result;
import org.bcgd.spark.report.RunLog;
import org.bcgd.spark.report.metrics.StepMetrics;
import org.bcgd.spark.storage.Folder;
import org.bcgd.spark.storage.ReplacedFile;
import org.bcgd.spark.training.TinyRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job jar with dataset and run folder in an object store, by Hadoop's S3A: the profile s3a. */
@Tag("s3a")
class S3aIT {

  private static final String BUCKET = "s3a://bucket";

  @TempDir static Path directory;

  private static ObjectStore store;
  private static Configuration hadoop;
  private static Path settings;
  private static Result local;

  private Launcher launcher;

  @BeforeAll
  static void start() throws Exception {
    local = TinyRun.in(directory.resolve("local")).on("local[2]");
    settings = Files.writeString(directory.resolve("tiny.conf"), TinyRun.SETTINGS);
    store = ObjectStore.in(directory, "bucket");
    hadoop = store.hadoop();
    Launcher operator = as(ObjectStore.USER, ObjectStore.SECRET);
    List<String> prepare = new ArrayList<>(List.of("prepare", settings.toString()));
    prepare.addAll(List.of("--output", BUCKET + "/dataset", "--set", "run.folder=" + directory));
    assertThat(operator.run(cluster(), prepare)).as(operator.printed()).isZero();
  }

  @AfterAll
  static void stop() {
    store.close();
  }

  @BeforeEach
  void prepare() {
    launcher = as(ObjectStore.USER, ObjectStore.SECRET);
  }

  @Test
  void aDriverThatIsKilledGoesOnAndEndsWithTheBitsOfALocalRun() throws Exception {
    Process driver = launcher.start(cluster(), train("/killed"));
    Folder checkpoints = Folder.at(BUCKET + "/killed/checkpoints", hadoop);
    waitUntil(() -> !checkpoints.names().isEmpty());
    driver.destroyForcibly().waitFor();
    assertThat(Folder.at(BUCKET + "/killed", hadoop).holds("result.json")).isFalse();

    assertThat(launcher.run(cluster(), train("/killed"))).as(launcher.printed()).isZero();

    assertThat(launcher.printed()).contains("Going on after step ");
    assertThat(result("/killed").weightsDigest()).isPresent().isEqualTo(local.weightsDigest());
    assertThat(steps("/killed")).isEqualTo(LongStream.rangeClosed(1, 20).boxed().toList());
    for (String name : Folder.at(BUCKET + "/killed", hadoop).names()) {
      assertThat(text("/killed/" + name)).as(name).doesNotContain(ObjectStore.SECRET);
    }
  }

  @Test
  void aDamagedCheckpointIsPassedOverAndWhatIsTrainedIsExportedAndLabels() throws Exception {
    assertThat(launcher.run(one(), train("/trained"))).as(launcher.printed()).isZero();
    Folder checkpoints = Folder.at(BUCKET + "/trained/checkpoints", hadoop);
    assertThat(checkpoints.names())
        .containsExactly(
            "step-000000000016.ckpt", "step-000000000018.ckpt", "step-000000000020.ckpt");
    damage(checkpoints, "step-000000000020.ckpt");

    assertThat(launcher.run(one(), train("/trained"))).as(launcher.printed()).isZero();
    assertThat(launcher.printed())
        .contains("step-000000000020.ckpt", "Falling back", "Going on after step 18");
    assertThat(result("/trained").weightsDigest()).isPresent().isEqualTo(local.weightsDigest());

    assertThat(launcher.run(one(), verb("export", "/trained"))).as(launcher.printed()).isZero();
    PackedModel model =
        Folder.read(
            BUCKET + "/trained/export/model.bcgd", hadoop, in -> PackedFormat.read(in, "model"));
    assertThat(model.labels()).hasSize(10);
  }

  @Test
  void verbsWithoutSparkReachTheStoreBySparksSettings() throws Exception {
    launcher = new Launcher(directory.resolve("printed.log"), Map.of());
    List<String> told = one();
    told.addAll(hadoopOptions(Map.of("fs.s3a.access.key", ObjectStore.USER)));
    told.addAll(hadoopOptions(Map.of("fs.s3a.secret.key", ObjectStore.SECRET)));

    assertThat(launcher.run(told, verb("validate", "/planned"))).as(launcher.printed()).isZero();
    assertThat(launcher.printed()).contains("400 to train on", BUCKET + "/dataset");
  }

  @Test
  void credentialsThatTheStoreRefusesAreToldAsSuch() throws Exception {
    launcher = as(ObjectStore.USER, "guessed");
    assertThat(launcher.run(one(), train("/refused"))).as(launcher.printed()).isEqualTo(7);
    assertThat(lastLine())
        .startsWith("bcgd: The folder " + BUCKET + "/refused")
        .endsWith("Check the credentials that Hadoop has for it, and their rights.");
  }

  @Test
  void aBucketThatIsNotThereIsNamed() throws Exception {
    assertThat(launcher.run(one(), elsewhere("run.folder"))).isEqualTo(7);
    assertThat(lastLine()).startsWith("bcgd: ").contains("s3a://absent", "does not exist");
    assertThat(launcher.run(one(), elsewhere("dataset.path"))).isEqualTo(3);
    assertThat(lastLine()).startsWith("bcgd: ").contains("s3a://absent", "NoSuchBucket");
  }

  @Test
  void withoutTheLibraryOfS3aThereIsOneLineThatSaysWhatToAdd() throws Exception {
    List<String> bare = new ArrayList<>(hadoopOptions(store.place()));
    assertThat(launcher.run(bare, train("/bare"))).as(launcher.printed()).isEqualTo(7);
    assertThat(lastLine())
        .startsWith("bcgd: The folder " + BUCKET + "/bare cannot be reached: ")
        .contains("--packages org.apache.hadoop:hadoop-aws:3.3.4");
    assertThat(launcher.printed()).doesNotContain("\tat org.bcgd");
  }

  @Test
  void aFileThatIsReplacedIsNeverMissing() {
    assertThat(ReplacedFile.timesMissing(Folder.at(BUCKET + "/replaced", hadoop))).isZero();
  }

  @Test
  void aFileWhoseWriterFailsLeavesTheOldOne() {
    Folder folder = Folder.at(BUCKET + "/torn", hadoop);
    folder.write("file", out -> out.write("whole".getBytes(StandardCharsets.UTF_8)));

    assertThatThrownBy(
            () ->
                folder.write(
                    "file",
                    out -> {
                      out.write("half".getBytes(StandardCharsets.UTF_8));
                      throw new IOException("on purpose");
                    }))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("on purpose");

    assertThat(text("/torn/file")).isEqualTo("whole");
    assertThat(folder.names()).containsExactly("file");
  }

  private static Launcher as(String user, String secret) {
    return new Launcher(
        directory.resolve("printed.log"),
        Map.of("AWS_ACCESS_KEY_ID", user, "AWS_SECRET_ACCESS_KEY", secret));
  }

  private static List<String> cluster() {
    return with("local-cluster[2,1,1024]");
  }

  private static List<String> one() {
    return with("local[2]");
  }

  private static List<String> with(String master) {
    List<String> options = new ArrayList<>(List.of("--master", master, "--jars"));
    options.add(ObjectStore.jars());
    options.addAll(hadoopOptions(store.place()));
    return options;
  }

  private static List<String> hadoopOptions(Map<String, String> values) {
    return values.entrySet().stream()
        .flatMap(value -> Stream.of("--conf", "spark.hadoop." + value))
        .toList();
  }

  private static List<String> elsewhere(String setting) {
    List<String> arguments = verb("train", "/elsewhere");
    arguments.addAll(List.of("--set", setting + "=s3a://absent/folder"));
    return arguments;
  }

  private static List<String> train(String folder) {
    return verb("train", folder);
  }

  /** A verb on the prepared dataset in the bucket, with its run folder there. */
  private static List<String> verb(String verb, String folder) {
    List<String> arguments = new ArrayList<>(List.of(verb, settings.toString()));
    for (String value :
        List.of(
            "run.folder=" + BUCKET + folder,
            "run.checkpoint-every-steps=2",
            "dataset.format=prepared",
            "dataset.training-limit=null",
            "dataset.evaluation-limit=null",
            "dataset.path=" + BUCKET + "/dataset")) {
      arguments.addAll(List.of("--set", value));
    }
    return arguments;
  }

  private static void damage(Folder folder, String name) throws IOException {
    byte[] bytes;
    try (InputStream in = folder.open(name)) {
      bytes = in.readAllBytes();
    }
    bytes[bytes.length / 2] ^= 1;
    folder.write(name, out -> out.write(bytes));
  }

  private static Result result(String folder) throws IOException {
    return Result.fromJson(text(folder + "/result.json"));
  }

  /** The steps in the order in which the metrics of a run tell of them. */
  private static List<Long> steps(String folder) {
    return RunLog.read(new StringReader(text(folder + "/metrics.jsonl"))).stream()
        .filter(StepMetrics.class::isInstance)
        .map(line -> line.step())
        .toList();
  }

  private static String text(String file) {
    return Folder.textOf(BUCKET + file, hadoop);
  }

  private String lastLine() throws IOException {
    return launcher.printed().lines().reduce("", (before, line) -> line);
  }

  private static void waitUntil(BooleanSupplier reached) {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (!reached.getAsBoolean()) {
      assertThat(System.nanoTime()).as("not reached in two minutes").isLessThan(deadline);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
  }
}
