// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.bcgd.failure.DataException;
import org.bcgd.failure.SettingsException;
import org.bcgd.failure.UserErrorException;
import org.bcgd.spark.shards.PhotographFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows that cannot be used, and images as Spark's sources give them. */
class InvalidRowsTest {

  @RegisterExtension static final LocalSession SPARK = new LocalSession();

  @TempDir static Path directory;

  private static QuantizedImageClassifier brief() {
    return Stripes.classifier().setEpochs(1);
  }

  @ParameterizedTest
  @CsvSource({
    "-1, hold no label",
    "0.5, hold no label",
    "NaN, have no label",
  })
  void aLabelThatIsNoneEndsTheFit(double label, String message) {
    List<Row> rows = new ArrayList<>(Stripes.rows(40, 1));
    rows.set(7, RowFactory.create(rows.get(7).get(0), label, "none"));

    assertThatThrownBy(() -> brief().fit(Stripes.frame(SPARK.session(), rows)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("1 rows")
        .hasMessageContaining(message);
  }

  @Test
  void aLabelBeyondTheDeclaredClassesEndsTheFit() {
    QuantizedImageClassifier classifier = brief().setSettings("network.classes=2");

    assertThatThrownBy(() -> classifier.fit(Stripes.frame(SPARK.session(), Stripes.rows(40, 1))))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("label 2")
        .hasMessageContaining("2 classes");
  }

  @Test
  void noRowsAreToldAsSuch() {
    assertThatThrownBy(() -> brief().fit(Stripes.frame(SPARK.session(), List.of())))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("no rows");
  }

  @Test
  void allProblemsOfTheParamsAreToldAtOnceBeforeDataAreRead() {
    QuantizedImageClassifier classifier =
        brief().setEpochs(0).setArchitecture("lenet6").setSettings("training.momentun=0.5");
    Dataset<Row> unreadable =
        Stripes.frame(SPARK.session(), Stripes.rows(4, 1))
            .withColumn("label", functions.expr("cast(raise_error('read') as double)"));

    assertThatThrownBy(() -> classifier.fit(unreadable))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("training.epochs = 0")
        .hasMessageContaining("did you mean lenet5")
        .hasMessageContaining("did you mean training.momentum");
  }

  @Test
  void badImagesEndTheFitOrAreLeftOut() {
    List<Row> sound = Stripes.rows(40, 1);
    List<Row> rows = new ArrayList<>(sound);
    rows.add(3, RowFactory.create(null, 1.0, "upright"));
    rows.add(9, Stripes.row(Stripes.image("short", new byte[17]), 2));
    rows.add(30, Stripes.row(RowFactory.create("floats", 12, 12, 1, 5, new byte[144]), 2));
    rows.add(31, Stripes.row(RowFactory.create("colour", 12, 12, 3, 16, new byte[432]), 2));
    rows.add(32, Stripes.row(RowFactory.create("undecodable", -1, -1, -1, -1, new byte[0]), 2));
    Dataset<Row> frame = Stripes.frame(SPARK.session(), rows);

    assertThatThrownBy(() -> brief().fit(frame))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("5 of 45 images")
        .hasMessageContaining("an image: it is null")
        .hasMessageContaining("short: 17 bytes for 12 x 12 x 1")
        .hasMessageContaining("floats: 1 channels of OpenCV type 5")
        .hasMessageContaining("handleInvalid");
    String without = weights(brief().fit(Stripes.frame(SPARK.session(), sound)));
    assertThat(weights(brief().setHandleInvalid("skip").fit(frame))).isEqualTo(without);
    assertThat(weights(brief().setHandleInvalid("keep").fit(frame))).isEqualTo(without);
  }

  @Test
  void badImagesEndTheTransformOrAreLeftOutOrKept() {
    List<Row> rows = new ArrayList<>(Stripes.rows(40, 1));
    QuantizedImageClassificationModel model = brief().fit(Stripes.frame(SPARK.session(), rows));
    rows.add(3, RowFactory.create(null, 1.0, "upright"));
    rows.add(9, Stripes.row(Stripes.image("short", new byte[17]), 2));
    Dataset<Row> frame = Stripes.frame(SPARK.session(), rows);

    assertThatThrownBy(() -> model.transform(frame).collectAsList())
        .satisfies(
            thrown ->
                assertThat(UserErrorException.behind(thrown))
                    .hasValueSatisfying(
                        told -> assertThat(told).hasMessageContaining("handleInvalid")));
    model.setHandleInvalid("skip");
    assertThat(model.transform(frame).count()).isEqualTo(40);
    assertThat(model.transform(frame).filter("prediction is null").count()).isZero();
    model.setHandleInvalid("keep");
    assertThat(model.transform(frame).count()).isEqualTo(42);
    assertThat(model.transform(frame).filter("prediction is null").count()).isEqualTo(2);
  }

  @Test
  void photographsOfSparksSourcesAreTrainedOnAsTheirFolderIs() throws Exception {
    Path folder = PhotographFolder.write(directory.resolve("photographs"), 8);
    String train = folder.resolve("train").toString();
    Dataset<Row> files =
        SPARK
            .session()
            .read()
            .format("binaryFile")
            .option("recursiveFileLookup", "true")
            .load(train);
    Dataset<Row> decoded =
        SPARK.session().read().format("image").option("recursiveFileLookup", "true").load(train);
    QuantizedImageClassifier classifier =
        new QuantizedImageClassifier()
            .setArchitecture("lenet5")
            .setHeight(28)
            .setWidth(28)
            .setEpochs(3)
            .setBatchSize(8)
            .setSettings("input.augmentation=random-resized-crop-flip");

    QuantizedImageClassificationModel ofFiles =
        classifier.copy(new ParamMap()).setFeaturesCol("content").fit(labelled(files, "path"));
    QuantizedImageClassificationModel ofPixels = classifier.fit(labelled(decoded, "image.origin"));

    assertThat(correct(ofFiles, labelled(files, "path"))).isGreaterThanOrEqualTo(14);
    assertThat(correct(ofPixels, labelled(decoded, "image.origin"))).isGreaterThanOrEqualTo(14);
    assertThat(ofFiles.setFeaturesCol("image").transform(decoded).count()).isEqualTo(16);
  }

  @Test
  void aFileCutShortIsFoundOutInTransform() throws Exception {
    Path train = PhotographFolder.write(directory.resolve("cut"), 4).resolve("train");
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      rows.add(RowFactory.create(photograph(train, "dark", i), 0.0));
      rows.add(RowFactory.create(photograph(train, "light", i), 1.0));
    }
    byte[] jpeg = photograph(train, "dark", 0);
    rows.add(RowFactory.create(Arrays.copyOf(jpeg, jpeg.length / 2), 0.0));
    rows.add(RowFactory.create("no image".getBytes(StandardCharsets.UTF_8), 1.0));
    Dataset<Row> frame =
        SPARK
            .session()
            .createDataFrame(
                rows,
                new StructType()
                    .add("content", DataTypes.BinaryType)
                    .add("label", DataTypes.DoubleType));
    QuantizedImageClassifier classifier =
        new QuantizedImageClassifier()
            .setArchitecture("lenet5")
            .setFeaturesCol("content")
            .setHeight(28)
            .setWidth(28)
            .setEpochs(1)
            .setBatchSize(8)
            .setShards(1)
            .setHandleInvalid("keep");

    QuantizedImageClassificationModel model = classifier.fit(frame);

    assertThat(model.transform(frame).filter("prediction is null").count()).isEqualTo(2);
  }

  private static byte[] photograph(Path train, String label, int number) throws IOException {
    return Files.readAllBytes(train.resolve(label).resolve("image-%02d.jpg".formatted(number)));
  }

  private static Dataset<Row> labelled(Dataset<Row> images, String path) {
    return images.withColumn(
        "label", functions.col(path).contains("/light/").cast(DataTypes.IntegerType));
  }

  private static long correct(QuantizedImageClassificationModel model, Dataset<Row> images) {
    return model.transform(images).filter("label = prediction").count();
  }

  private static String weights(QuantizedImageClassificationModel fitted) {
    return fitted.model().provenance().get("weights");
  }
}
