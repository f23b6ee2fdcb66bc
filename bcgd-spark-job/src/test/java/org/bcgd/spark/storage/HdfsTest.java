// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.bcgd.data.source.Split;
import org.bcgd.spark.page.PageFiles;
import org.bcgd.spark.page.RunPage;
import org.bcgd.spark.page.RunRecord;
import org.bcgd.spark.report.Figures;
import org.bcgd.spark.report.Result;
import org.bcgd.spark.report.RunLog;
import org.bcgd.spark.run.TrainingRun;
import org.bcgd.spark.settings.Settings;
import org.bcgd.spark.shards.DatasetPreparation;
import org.bcgd.spark.training.TinyRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real HDFS as the place of dataset, checkpoints, metrics and result. */
class HdfsTest {

  @TempDir static Path directory;

  private static MiniDFSCluster hdfs;
  private static JavaSparkContext spark;

  @BeforeAll
  static void start() throws IOException {
    Configuration configuration = new Configuration();
    configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, directory.resolve("hdfs").toString());
    hdfs = new MiniDFSCluster.Builder(configuration).numDataNodes(1).build();
    spark = new JavaSparkContext(new SparkConf().setMaster("local[2]").setAppName("hdfs"));
  }

  @AfterAll
  static void stop() {
    spark.close();
    hdfs.shutdown();
  }

  @Test
  void aFileThatIsReplacedIsNeverMissing() throws IOException {
    assertThat(ReplacedFile.timesMissing(Folder.at(uri("/replaced"), new Configuration())))
        .isZero();
  }

  @Test
  void aRunFromHdfsIntoHdfsGivesTheSameBitsAndGoesOn() throws IOException {
    Settings local = TinyRun.in(directory.resolve("local")).settings();
    Result expected = run(local);
    String dataset = uri("/dataset");
    DatasetPreparation preparation =
        new DatasetPreparation(spark, local.dataset(), local.run().seed());
    for (Split split : Split.values()) {
      preparation.write(split, dataset);
    }

    Settings remote =
        Settings.parse(
            TinyRun.SETTINGS,
            "tiny",
            List.of(
                "run.folder=" + uri("/run"),
                "run.checkpoint-every-steps=4",
                "dataset.format=prepared",
                "dataset.training-limit=null",
                "dataset.evaluation-limit=null",
                "dataset.path=" + dataset));

    assertThat(run(remote).weightsDigest()).isEqualTo(expected.weightsDigest());
    assertThat(run(remote).steps()).isEqualTo(20);
    Folder folder = Folder.at(uri("/run"), new Configuration());
    assertThat(folder.names())
        .containsExactly(
            "best.json",
            "confusion.json",
            "environment.json",
            "metrics.jsonl",
            "result.json",
            "settings.conf");
    assertThat(folder.folder("checkpoints").names())
        .containsExactly(
            "step-000000000012.ckpt", "step-000000000016.ckpt", "step-000000000020.ckpt");
    assertThat(text(folder, "metrics.jsonl").lines().filter(l -> l.contains("\"kind\":\"step\"")))
        .hasSize(20);
  }

  @Test
  void aPageOnARunIsReadFromAndWrittenTo() throws IOException {
    Configuration hadoop = new Configuration();
    StringWriter metrics = new StringWriter();
    try (RunLog log = new RunLog(metrics)) {
      log.write(Figures.epoch(1, 0));
    }
    byte[] lines = metrics.toString().getBytes(StandardCharsets.UTF_8);
    Folder.at(uri("/told"), hadoop).write("metrics.jsonl", out -> out.write(lines));

    RunPage page = new RunPage(List.of(RunRecord.read(uri("/told"), hadoop)), hadoop);
    PageFiles.write(page, uri("/pages/page.html"), hadoop);

    Folder pages = Folder.at(uri("/pages"), hadoop);
    assertThat(text(pages, "page.html")).contains("<h1>told</h1>");
    assertThat(pages.names()).contains("page-loss.png", "page-loss.svg");
  }

  @Test
  void aFileIsReplacedAsAWhole() throws IOException {
    Folder folder = Folder.at(uri("/replace"), new Configuration());
    folder.write("file", out -> out.write("first".getBytes(StandardCharsets.UTF_8)));
    folder.write("file", out -> out.write("second".getBytes(StandardCharsets.UTF_8)));
    assertThat(text(folder, "file")).isEqualTo("second");
    assertThat(folder.names()).containsExactly("file");
  }

  private static Result run(Settings settings) {
    PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    return new TrainingRun(spark, settings, Map.of("bcgd", "test"), out).execute(false);
  }

  private static String text(Folder folder, String name) throws IOException {
    try (InputStream in = folder.open(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String uri(String path) throws IOException {
    FileSystem fileSystem = hdfs.getFileSystem();
    return fileSystem.getUri() + path;
  }
}
