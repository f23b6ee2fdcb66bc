// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.bcgd.data.ImageShard;
import org.bcgd.data.transform.Preprocessing;
import org.bcgd.failure.DataException;
import org.bcgd.network.NetworkDefinition;
import org.bcgd.spark.report.Result;
import org.bcgd.spark.shards.ShardedDataset;
import org.bcgd.spark.training.TinyRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingRunTest {

  @TempDir Path directory;

  @Test
  void aRunWhoseTasksFailTellsSoInItsResultAndHoldsNoImages() throws IOException {
    TinyRun tiny = TinyRun.in(directory.resolve("run"));
    SparkConf conf = new SparkConf().setMaster("local[1]").setAppName("failing");
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      TrainingRun run =
          new TrainingRun(
              spark,
              tiny.settings(),
              new Unreadable(spark),
              Map.of("bcgd", "test"),
              nowhere(),
              s -> {});

      assertThatThrownBy(() -> run.execute(false)).hasMessageContaining("no image is sound");
      assertThat(spark.getPersistentRDDs()).isEmpty();
    }
    Result result =
        Result.fromJson(Files.readString(directory.resolve("run").resolve("result.json")));
    assertThat(result.status()).isEqualTo(Result.Status.FAILED);
    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.toJson()).contains("no image is sound");
  }

  private static PrintStream nowhere() {
    return new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
  }

  /** Images that no executor can read. */
  private record Unreadable(JavaSparkContext spark) implements RunImages {

    @Override
    public ShardedDataset training(Preprocessing preprocessing, NetworkDefinition network) {
      JavaRDD<ImageShard> failing = spark.parallelize(List.of(0), 1).map(Unreadable::fail);
      return ShardedDataset.of(spark.broadcast("source"), failing, List.of());
    }

    private static ImageShard fail(int shard) {
      throw new DataException("no image is sound");
    }

    @Override
    public Optional<ShardedDataset> judging(
        Preprocessing preprocessing, NetworkDefinition network) {
      return Optional.empty();
    }
  }
}
