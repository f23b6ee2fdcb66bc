// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bcgd.failure.DataException;
import org.bcgd.failure.SettingsException;
import org.deeplearning4j.core.storage.impl.CollectionStatsStorageRouter;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/** What cannot be trained is told in one message: where, what, and what is expected. */
class RefusalsTest {

  @RegisterExtension static final LocalContext LOCAL = new LocalContext();

  private static final List<Stripes.Stripe> SOUND = Stripes.of(40, 1);

  @Test
  void allProblemsOfTheSettingsAtOnce() {
    assertThatThrownBy(
            () ->
                new BcgdTrainingMaster.Builder()
                    .shards(0)
                    .momentum(1.5)
                    .rho(-1)
                    .weightBits(9)
                    .set("training.momentun", 0.9)
                    .build())
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("dataset.shards")
        .hasMessageContaining("training.momentum")
        .hasMessageContaining("blending.rho")
        .hasMessageContaining("weights.bits")
        .hasMessageContaining("training.momentun");
  }

  @Test
  void settingsThatAreNotTheMastersToTake() {
    assertThatThrownBy(
            () -> Stripes.master().set("input.mean", "[0.5]").set("dataset.path", "x").build())
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("[input.mean, dataset.path] follow from the samples");
    assertThatThrownBy(
            () -> Stripes.master().set("training.learning-rate.schedule", "cosine").build())
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("epochs(n)");
  }

  @Test
  void softLabelsAndSamplesThatAreNoNumbers() {
    DataSet soft = Stripes.dataSet(SOUND.subList(0, 3));
    soft.getLabels().putScalar(1, 0, 0.5).putScalar(1, 1, 0.5);
    DataSet infinite = Stripes.dataSet(SOUND.subList(3, 6));
    infinite.getFeatures().putScalar(new int[] {2, 0, 3, 3}, Float.NaN);

    assertFit(soft, infinite)
        .isInstanceOf(DataException.class)
        .hasMessageContaining("2 samples or DataSets of the RDD cannot be trained on, 44 can")
        .hasMessageContaining("partition 0, DataSet 1, example 1: labels [0.5, 0.5, 0.0]")
        .hasMessageContaining("partition 0, DataSet 2, example 2: the feature NaN");
  }

  @Test
  void masksAndOtherShapesThanTheFirst() {
    DataSet masked = Stripes.dataSet(SOUND.subList(0, 3));
    masked.setLabelsMaskArray(Nd4j.ones(3, 1));
    DataSet larger = new DataSet(Nd4j.ones(2, 1, 14, 14), labels(2));
    DataSet sequence = new DataSet(Nd4j.ones(2, 5, 7), labels(2));

    assertFit(masked, larger, sequence)
        .isInstanceOf(DataException.class)
        .hasMessageContaining("DataSet 1: a mask array")
        .hasMessageContaining(
            "DataSet 2: features of shape [2, 1, 14, 14] and labels of shape [2, 3], where the"
                + " first dataset has samples of 1 x 12 x 12 and 3 classes")
        .hasMessageContaining("DataSet 3: features of shape [2, 5, 7]");
  }

  @Test
  void severalArraysOfFeatures() {
    INDArray features = Stripes.dataSet(SOUND).getFeatures();
    MultiDataSet two =
        new MultiDataSet(new INDArray[] {features, features}, new INDArray[] {labels(40)});

    assertThatThrownBy(
            () ->
                net(Stripes.graph())
                    .fitMultiDataSet(
                        LOCAL
                            .spark()
                            .<org.nd4j.linalg.dataset.api.MultiDataSet>parallelize(List.of(two))))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("2 arrays of features and 1 of labels; expected one of each");
  }

  @Test
  void nothingToTrainOn() {
    assertThatThrownBy(() -> net(Stripes.graph()).fit(LOCAL.spark().<DataSet>emptyRDD()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("the RDD has no DataSets");
    assertThatThrownBy(
            () ->
                net(Stripes.graph())
                    .fit(LOCAL.spark().parallelize(Stripes.dataSets(SOUND.subList(0, 12), 3))))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("shard 0 has 6 images, fewer than its 10");
  }

  @Test
  void aGraphThatCannotBeTrainedHere() {
    ComputationGraph bent =
        graph(new DenseLayer.Builder().nOut(4).activation(Activation.TANH).build());
    assertThatThrownBy(() -> net(bent).fit(sound()))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("hidden has or is the activation tanh");
    INDArray before = bent.params().dup();
    ComputationGraph dropping = graph(new DenseLayer.Builder().nOut(4).dropOut(0.5).build());
    assertThatThrownBy(() -> net(dropping).fit(sound()))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(
            "network given to the training master cannot be trained: layer hidden has dropout");
    assertThat(bent.params()).isEqualTo(before);
    DataSet fourClasses = new DataSet(Stripes.dataSet(SOUND).getFeatures(), oneHot(40, 4));
    assertThatThrownBy(
            () -> net(Stripes.graph()).fit(LOCAL.spark().parallelize(List.of(fourClasses))))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("its output output has 3 units, but the data has 4 classes");
  }

  @Test
  void imagesOfTwoChannels() {
    DataSet two = new DataSet(Nd4j.ones(40, 2, 12, 12), labels(40));

    assertThatThrownBy(() -> net(Stripes.graph()).fit(LOCAL.spark().parallelize(List.of(two))))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("[2, 12, 12] (channels, height, width); those of 1 or 3 channels");
  }

  @Test
  void whatOnlyWorkersOfDeeplearning4jHave() {
    BcgdTrainingMaster master = Stripes.master().build();

    assertThatThrownBy(() -> master.addHook(null))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("no hooks");
    assertThatThrownBy(() -> master.getWorkerInstance(net(Stripes.graph())))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("no workers");
    assertThatThrownBy(() -> master.setCollectTrainingStats(true))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("metrics.jsonl");
    assertThatThrownBy(
            () ->
                master.setListeners(new CollectionStatsStorageRouter(null, null, null), List.of()))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("without a StatsStorageRouter");
    assertThat(master.getTrainingStats()).isNull();
    assertThat(master.toJson()).contains("\"initial\" : 0.02").doesNotContain("undecided");
  }

  /** Sound samples and then these, in one partition. */
  private static AbstractThrowableAssert<?, ?> assertFit(DataSet... others) {
    List<DataSet> sets = new ArrayList<>(List.of(Stripes.dataSet(SOUND)));
    sets.addAll(List.of(others));
    ThrowingCallable fit = () -> net(Stripes.graph()).fit(LOCAL.spark().parallelize(sets, 1));
    return assertThatThrownBy(fit);
  }

  private static SparkComputationGraph net(ComputationGraph graph) {
    return new SparkComputationGraph(LOCAL.spark(), graph, Stripes.master().build());
  }

  private static JavaRDD<DataSet> sound() {
    return LOCAL.spark().parallelize(Stripes.dataSets(SOUND, 4));
  }

  private static ComputationGraph graph(DenseLayer hidden) {
    ComputationGraph graph =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .activation(Activation.IDENTITY)
                .graphBuilder()
                .addInputs("image")
                .addLayer("conv", new ConvolutionLayer.Builder(5, 5).nOut(2).build(), "image")
                .addLayer("hidden", hidden, "conv")
                .addLayer("output", Stripes.classifier(), "hidden")
                .setOutputs("output")
                .setInputTypes(InputType.convolutional(12, 12, 1))
                .build());
    graph.init();
    return graph;
  }

  private static INDArray labels(int count) {
    return oneHot(count, Stripes.CLASSES);
  }

  private static INDArray oneHot(int count, int classes) {
    INDArray labels = Nd4j.zeros(count, classes);
    for (int n = 0; n < count; n++) {
      labels.putScalar(n, n % classes, 1);
    }
    return labels;
  }
}
