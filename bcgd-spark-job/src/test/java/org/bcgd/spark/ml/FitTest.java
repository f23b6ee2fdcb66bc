// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.ml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.ml.tuning.TrainValidationSplit;
import org.apache.spark.ml.tuning.TrainValidationSplitModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.bcgd.checkpoint.Checkpoint;
import org.bcgd.spark.folder.RunFolder;
import org.bcgd.spark.run.TrainingRun;
import org.bcgd.spark.settings.Settings;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What the estimator makes of a DataFrame is what a training makes of a dataset. */
class FitTest {

  @RegisterExtension static final LocalSession SPARK = new LocalSession();

  private static final String WEIGHTS = "weights"; // their digest, in the model's provenance

  @TempDir static Path directory;

  private static final List<Row> ROWS = new ArrayList<>(Stripes.rows(111, 1));

  static {
    ROWS.addAll(List.copyOf(ROWS.subList(0, 9))); // the same images once more
  }

  private static QuantizedImageClassificationModel reference;

  /** One that is trained for a short time. */
  private static QuantizedImageClassifier brief() {
    return Stripes.classifier().setEpochs(1);
  }

  @BeforeAll
  static void fit() {
    reference = brief().fit(Stripes.frame(SPARK.session(), ROWS));
  }

  @Test
  void theModelKnowsImagesItHasNotSeen() {
    QuantizedImageClassificationModel model =
        Stripes.classifier().fit(Stripes.frame(SPARK.session(), ROWS));

    Dataset<Row> said = model.transform(Stripes.frame(SPARK.session(), Stripes.rows(90, 2)));

    assertThat(accuracy().evaluate(said)).isGreaterThan(0.9);
  }

  @Test
  void theOrderOfRowsAndTheirPartitionsDoNotMatter() {
    List<Row> shuffled = new ArrayList<>(ROWS);
    Collections.rotate(shuffled, 47);
    Collections.reverse(shuffled.subList(0, 60));
    Dataset<Row> frame = Stripes.frame(SPARK.session(), shuffled).repartition(5);

    assertThat(weights(brief().fit(frame))).isEqualTo(weights(reference));
  }

  @Test
  void anotherSeedAndOtherImagesGiveOtherBits() {
    Dataset<Row> frame = Stripes.frame(SPARK.session(), ROWS);
    Dataset<Row> fewer = Stripes.frame(SPARK.session(), ROWS.subList(1, ROWS.size()));

    assertThat(weights(brief().setSeed(4).fit(frame))).isNotEqualTo(weights(reference));
    assertThat(weights(brief().fit(fewer))).isNotEqualTo(weights(reference));
  }

  @Test
  void trainOnFilesInTheOrderOfTheDigestsGivesTheSameBits() throws Exception {
    List<Row> ordered = new ArrayList<>(ROWS);
    ordered.sort(Comparator.comparing(FitTest::digest, Arrays::compareUnsigned));
    writeIdx(ordered, "train");
    writeIdx(ordered.subList(0, 30), "t10k");
    Settings settings =
        Settings.parse(
            """
            name = files
            run { folder = "%s", seed = 3 }
            dataset { format = idx, path = "%s", shards = 2 }
            input { channels = 1, height = 12, width = 12, mean = [0.5], deviation = [0.25] }
            network { architecture = lenet5, classes = 3 }
            training { epochs = 1, batch-size = 20, learning-rate { initial = 0.02, schedule = cosine } }
            """
                .formatted(directory.resolve("files"), directory.resolve("idx")),
            "a test",
            List.of());
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(SPARK.session().sparkContext());
    new TrainingRun(
            spark,
            settings,
            Map.of(),
            new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8))
        .execute(false);

    String result = Files.readString(directory.resolve("files/result.json"));
    assertThat(result).contains(weights(reference));
  }

  @Test
  void rowsOfValidationAreJudgedByAndNotTrainedOn() throws Exception {
    Dataset<Row> both =
        Stripes.frame(SPARK.session(), ROWS)
            .withColumn("judged", functions.lit(false))
            .union(
                Stripes.frame(SPARK.session(), Stripes.rows(30, 5))
                    .withColumn("judged", functions.lit(true)));
    QuantizedImageClassifier classifier =
        brief()
            .setValidationIndicatorCol("judged")
            .setRunsFolder(directory.resolve("runs").toString());

    QuantizedImageClassificationModel fitted = classifier.fit(both);

    assertThat(weights(fitted)).isEqualTo(weights(reference));
    Path run = onlyFolderIn(directory.resolve("runs"));
    assertThat(Files.readString(run.resolve("result.json"))).contains("\"images\" : 30");
    Checkpoint before =
        RunFolder.checkpoint(run.toString(), SPARK.session().sparkContext().hadoopConfiguration());
    long written = Files.getLastModifiedTime(run.resolve("checkpoints")).toMillis();

    assertThat(weights(classifier.fit(both))).isEqualTo(weights(reference));

    assertThat(onlyFolderIn(directory.resolve("runs"))).isEqualTo(run);
    assertThat(Files.getLastModifiedTime(run.resolve("checkpoints")).toMillis()).isEqualTo(written);
    assertThat(before.state().step()).isEqualTo(6);
  }

  @Test
  void crossValidationFindsTheBetterOfTwoLearningRates() {
    QuantizedImageClassifier classifier = Stripes.classifier().setEpochs(3);
    ParamMap[] grid =
        new ParamGridBuilder()
            .addGrid(classifier.learningRate(), new double[] {1e-12, 0.02})
            .build();

    CrossValidatorModel best =
        new CrossValidator()
            .setEstimator(classifier)
            .setEvaluator(accuracy())
            .setEstimatorParamMaps(grid)
            .setNumFolds(2)
            .setParallelism(2)
            .setSeed(1)
            .fit(Stripes.frame(SPARK.session(), ROWS));

    assertThat(best.avgMetrics()[1]).isGreaterThan(best.avgMetrics()[0] + 0.2);
    QuantizedImageClassificationModel chosen = (QuantizedImageClassificationModel) best.bestModel();
    assertThat(chosen.model().provenance().get("settings")).contains("initial=0.02");
  }

  @Test
  void aTrainValidationSplitJudgesByTheRest() {
    QuantizedImageClassifier classifier = Stripes.classifier().setEpochs(4);

    TrainValidationSplitModel split =
        new TrainValidationSplit()
            .setEstimator(classifier)
            .setEvaluator(accuracy())
            .setEstimatorParamMaps(new ParamGridBuilder().build())
            .setTrainRatio(0.7)
            .setSeed(1)
            .fit(Stripes.frame(SPARK.session(), ROWS));

    assertThat(split.validationMetrics()[0]).isGreaterThan(0.7);
  }

  private static MulticlassClassificationEvaluator accuracy() {
    return new MulticlassClassificationEvaluator().setMetricName("accuracy");
  }

  private static String weights(QuantizedImageClassificationModel fitted) {
    return fitted.model().provenance().get(WEIGHTS);
  }

  private static Path onlyFolderIn(Path folder) throws Exception {
    try (Stream<Path> inside = Files.list(folder)) {
      List<Path> folders = inside.toList();
      assertThat(folders).hasSize(1);
      return folders.get(0);
    }
  }

  /** SHA-256 of label, shape and pixels. */
  private static byte[] digest(Row row) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(
          ByteBuffer.allocate(16)
              .putInt((int) row.getDouble(1))
              .putInt(1)
              .putInt(12)
              .putInt(12)
              .flip());
      byte[] bits = Arrays.copyOf(digest.digest(row.getStruct(0).getAs(5)), 16);
      bits[0] ^= (byte) 0x80; // the halves are compared as signed numbers
      bits[8] ^= (byte) 0x80;
      return bits;
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static void writeIdx(List<Row> rows, String split) throws Exception {
    ByteBuffer images = ByteBuffer.allocate(16 + rows.size() * 144);
    images.putInt(0x803).putInt(rows.size()).putInt(12).putInt(12);
    ByteBuffer labels = ByteBuffer.allocate(8 + rows.size()).putInt(0x801).putInt(rows.size());
    for (Row row : rows) {
      images.put((byte[]) row.getStruct(0).getAs(5));
      labels.put((byte) row.getDouble(1));
    }
    Path folder = Files.createDirectories(directory.resolve("idx"));
    Files.write(folder.resolve(split + "-images-idx3-ubyte"), images.array());
    Files.write(folder.resolve(split + "-labels-idx1-ubyte"), labels.array());
  }
}
