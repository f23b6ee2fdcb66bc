// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.feature.IndexToString;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.bcgd.data.ImageEncoding;
import org.bcgd.data.ImageShape;
import org.bcgd.failure.DataException;
import org.bcgd.packed.Classification;
import org.bcgd.packed.PackedModel;
import org.bcgd.packed.QuantizedModel;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Estimator and model keep to what Spark's own classifiers do. */
class ConventionsTest {

  @RegisterExtension static final LocalSession SPARK = new LocalSession();

  @TempDir static Path directory;

  private static final List<Row> ROWS = Stripes.rows(60, 1);
  private static Dataset<Row> frame;
  private static QuantizedImageClassificationModel model;

  @BeforeAll
  static void fit() {
    frame = Stripes.frame(SPARK.session(), ROWS);
    model = Stripes.classifier().setEpochs(2).fit(frame);
  }

  @Test
  void paramsHaveAccessorsAndExplanations() {
    QuantizedImageClassifier classifier = Stripes.classifier();

    assertThat(classifier.params()).extracting(Param::name).contains("epochs", "rho", "labelCol");
    assertThat(classifier.params())
        .allSatisfy(p -> assertThat(p.parent()).isEqualTo(classifier.uid()));
    assertThat(classifier.explainParams())
        .contains("epochs: passes over the training images (current: 6)")
        .contains("featuresCol: features column name (default: image)")
        .contains("handleInvalid:");
    assertThat(model.explainParams()).contains("predictionCol").contains("handleInvalid");
    assertThatThrownBy(() -> classifier.setHandleInvalid("perhaps"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> classifier.set("epoch", 3)).hasMessageContaining("epoch");
  }

  @Test
  void aCopyHasTheUidAndTheExtraParams() {
    QuantizedImageClassifier classifier = Stripes.classifier();
    ParamMap extra = new ParamMap().put(classifier.epochs(), 9).put(classifier.labelCol(), "y");

    QuantizedImageClassifier copy = classifier.copy(extra);

    assertThat(copy.uid()).isEqualTo(classifier.uid());
    assertThat(copy.getOrDefault(copy.epochs())).isEqualTo(9);
    assertThat(copy.getLabelCol()).isEqualTo("y");
    assertThat(copy.isSet(copy.rho())).isFalse();
    assertThat(classifier.getOrDefault(classifier.epochs())).isEqualTo(6);
  }

  @Test
  void theModelHasItsEstimatorsUidAndParams() {
    QuantizedImageClassifier classifier =
        Stripes.classifier().setEpochs(1).setPredictionCol("guess").setProbabilityCol("");

    QuantizedImageClassificationModel fitted = classifier.fit(frame);

    assertThat(fitted.uid()).isEqualTo(classifier.uid());
    assertThat(fitted.parent()).isSameAs(classifier);
    assertThat(fitted.hasParent()).isTrue();
    assertThat(fitted.transform(frame).columns())
        .containsExactly("image", "label", "name", "guess", "rawPrediction");
    QuantizedImageClassificationModel copy =
        fitted.copy(new ParamMap().put(fitted.rawPredictionCol(), ""));
    assertThat(copy.transform(frame).columns()).containsExactly("image", "label", "name", "guess");
    assertThat(copy.parent()).isSameAs(classifier);
  }

  @Test
  void theColumnsAreThoseOfTheDeployedModel() throws IOException {
    Dataset<Row> said = model.transform(frame);
    StructType expected = model.transformSchema(frame.schema());

    assertThat(said.columns())
        .containsExactly("image", "label", "name", "prediction", "probability", "rawPrediction");
    assertThat(expected.fieldNames()).containsExactlyInAnyOrder(said.columns());
    assertThat(AttributeGroup.fromStructField(said.schema().apply("probability")).size())
        .isEqualTo(Stripes.CLASSES);
    List<Row> rows = said.collectAsList();
    try (QuantizedModel deployed = new QuantizedModel(model.model(), 1)) {
      for (int i = 0; i < rows.size(); i++) {
        byte[] pixels = ROWS.get(i).getStruct(0).getAs(5);
        Classification same =
            deployed
                .classify(new ImageEncoding.Raw(new ImageShape(1, 12, 12)), List.of(pixels))
                .get(0);
        Vector probability = rows.get(i).getAs("probability");
        Vector raw = rows.get(i).getAs("rawPrediction");
        assertThat(rows.get(i).<Double>getAs("prediction")).isEqualTo(same.index());
        assertThat(floats(probability)).containsExactly(same.probabilities());
        assertThat(model.raw2probability(raw)).isEqualTo(probability);
        assertThat(model.predictRaw(rows.get(i).getStruct(0))).isEqualTo(raw);
      }
    }
  }

  @Test
  void thresholdsWeighProbabilitiesAsInSpark() {
    QuantizedImageClassificationModel weighed =
        model.copy(new ParamMap()).setThresholds(new double[] {1, 0, 1});

    assertThat(weighed.transform(frame).select("prediction").distinct().collectAsList())
        .singleElement()
        .satisfies(row -> assertThat(row.getDouble(0)).isEqualTo(1));
    assertThat(weighed.probability2prediction(Vectors.dense(0.9, 0.1, 0))).isEqualTo(1);
    assertThatThrownBy(
            () -> model.copy(new ParamMap()).setThresholds(new double[] {1, 1}).transform(frame))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("numClasses=3, but thresholds has length 2");
  }

  @Test
  void anEstimatorComesBackFromItsFolder() throws IOException {
    String path = directory.resolve("estimator").toString();
    QuantizedImageClassifier classifier =
        Stripes.classifier().setSettings("training.momentum=0.8", "input.augmentation=flip");

    classifier.write().overwrite().save(path);
    QuantizedImageClassifier loaded = QuantizedImageClassifier.load(path);

    assertSameParams(loaded, classifier);
    assertThat(loaded.getOrDefault(loaded.settings()))
        .containsExactly("training.momentum=0.8", "input.augmentation=flip");
    assertThatThrownBy(() -> classifier.save(path)).isInstanceOf(IOException.class);
  }

  @Test
  void aModelComesBackWithTheSameAnswers() throws IOException {
    Path folder = directory.resolve("model");
    QuantizedImageClassificationModel kept =
        model.copy(new ParamMap()).setHandleInvalid("keep").setPredictionCol("said");

    kept.write().overwrite().save(folder.toString());
    QuantizedImageClassificationModel loaded =
        QuantizedImageClassificationModel.load(folder.toString());

    assertSameParams(loaded, kept);
    assertThat(loaded.transform(frame).collectAsList())
        .isEqualTo(kept.transform(frame).collectAsList());
    try (QuantizedModel deployed = QuantizedModel.load(folder.resolve("model.bcgd"), 1)) {
      assertThat(deployed.model().labels()).isEqualTo(loaded.labels());
    }
    byte[] bytes = Files.readAllBytes(folder.resolve("model.bcgd"));
    bytes[bytes.length / 2] ^= 1;
    Files.write(folder.resolve("model.bcgd"), bytes);
    assertThatThrownBy(() -> QuantizedImageClassificationModel.load(folder.toString()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("damaged");
  }

  @Test
  void aPipelineFromNamesToNamesIsFittedSavedAndLoaded() throws IOException {
    StringIndexer indexer = new StringIndexer().setInputCol("name").setOutputCol("index");
    QuantizedImageClassifier classifier = Stripes.classifier().setLabelCol("index").setEpochs(5);
    Dataset<Row> images = frame.drop("label");
    Pipeline pipeline = new Pipeline().setStages(new PipelineStage[] {indexer, classifier});
    pipeline.write().overwrite().save(directory.resolve("pipeline").toString());

    PipelineModel fitted = Pipeline.load(directory.resolve("pipeline").toString()).fit(images);
    fitted.write().overwrite().save(directory.resolve("fitted").toString());
    PipelineModel loaded = PipelineModel.load(directory.resolve("fitted").toString());

    QuantizedImageClassificationModel stage =
        (QuantizedImageClassificationModel) loaded.stages()[1];
    assertThat(stage.labels()).containsExactlyInAnyOrder("level", "upright", "aslant");
    Dataset<Row> named =
        new IndexToString()
            .setInputCol("prediction")
            .setOutputCol("said")
            .setLabels(stage.labels().toArray(String[]::new))
            .transform(loaded.transform(images));
    assertThat(named.filter("said = name").count()).isGreaterThan(50);
    assertThat(loaded.transform(images).collectAsList())
        .isEqualTo(fitted.transform(images).collectAsList());
  }

  @Test
  void aPackedModelBecomesAStage() {
    PackedModel packed = model.model();

    QuantizedImageClassificationModel stage = new QuantizedImageClassificationModel("mine", packed);

    assertThat(stage.transform(frame).collectAsList())
        .isEqualTo(model.transform(frame).collectAsList());
    assertThat(stage.toString()).contains("mine").contains("lenet5").contains("numClasses=3");
  }

  @Test
  void aColumnThatIsNoImageIsRefusedByName() {
    StructType schema = frame.schema();

    assertThatThrownBy(() -> Stripes.classifier().setFeaturesCol("photo").transformSchema(schema))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no column photo")
        .hasMessageContaining("image, label, name");
    assertThatThrownBy(() -> model.copy(new ParamMap()).setFeaturesCol("name").transform(frame))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("column name is of type string");
    assertThatThrownBy(() -> Stripes.classifier().setLabelCol("name").fit(frame))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("name");
    assertThatThrownBy(() -> model.transform(model.transform(frame)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("already exists");
    assertThat(Stripes.classifier().transformSchema(schema).apply("prediction").dataType())
        .isEqualTo(DataTypes.DoubleType);
  }

  private static void assertSameParams(Params loaded, Params saved) {
    assertThat(loaded.uid()).isEqualTo(saved.uid());
    assertThat(explained(loaded)).isEqualTo(explained(saved));
  }

  /** Without the addresses that stand for arrays. */
  private static String explained(Params params) {
    return params.explainParams().replaceAll("\\[L.*@.*", "");
  }

  private static float[] floats(Vector vector) {
    float[] floats = new float[vector.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) vector.apply(i);
    }
    return floats;
  }
}
