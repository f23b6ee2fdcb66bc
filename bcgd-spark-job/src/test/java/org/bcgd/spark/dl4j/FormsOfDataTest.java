// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** However samples and layers are handed over, the same samples teach the same layers the same. */
class FormsOfDataTest {

  @RegisterExtension static final LocalContext LOCAL = new LocalContext();

  private static final List<DataSet> SETS = Stripes.dataSets(Stripes.of(60, 1), 20);

  @TempDir Path directory;

  private static float[] reference;

  @BeforeAll
  static void fit() {
    reference = parameters(net(Stripes.graph()).fit(rdd(SETS)));
  }

  @Test
  void multiDataSets() {
    JavaRDD<MultiDataSet> sets = LOCAL.spark().parallelize(SETS).map(DataSet::toMultiDataSet);

    assertThat(parameters(net(Stripes.graph()).fitMultiDataSet(sets))).isEqualTo(reference);
  }

  @Test
  void filesOfDataSetsAndOfMultiDataSets() throws Exception {
    Path single = Files.createDirectory(directory.resolve("single"));
    Path multi = Files.createDirectory(directory.resolve("multi"));
    for (int i = 0; i < SETS.size(); i++) {
      SETS.get(i).save(single.resolve(i + ".bin").toFile());
      SETS.get(i).toMultiDataSet().save(multi.resolve(i + ".bin").toFile());
    }

    assertThat(parameters(net(Stripes.graph()).fit(single.toUri().toString())))
        .isEqualTo(reference);
    assertThat(parameters(net(Stripes.graph()).fitMultiDataSet(multi.toUri().toString())))
        .isEqualTo(reference);
  }

  @Test
  void vectorsThatTheGraphFolds() {
    List<DataSet> flat =
        SETS.stream()
            .map(set -> new DataSet(set.getFeatures().reshape(20, 144), set.getLabels()))
            .toList();
    ComputationGraph graph = Stripes.graph(InputType.convolutionalFlat(12, 12, 1));

    net(graph).fit(rdd(flat));

    assertThat(parameters(graph)).isEqualTo(reference);
    assertThat(graph.outputSingle(flat.get(0).getFeatures()).size(1)).isEqualTo(3);
  }

  @Test
  void aMultiLayerNetworkIsTrainedAsTheGraphThatItIs() {
    ComputationGraph graph = Stripes.graph();
    MultiLayerNetwork layers = multiLayer(graph);
    layers.setParams(graph.params());
    SparkDl4jMultiLayer net =
        new SparkDl4jMultiLayer(LOCAL.spark(), layers, Stripes.master().build());

    net.fit(rdd(SETS));
    SparkComputationGraph twice = net(graph);
    twice.fit(rdd(SETS));
    assertThat(layers.params().dup().data().asFloat()).isEqualTo(reference);
    net.fit(rdd(SETS));
    twice.fit(rdd(SETS));

    assertThat(layers.params().dup().data().asFloat()).isEqualTo(parameters(graph));
    assertThat(layers.getLayerWiseConfigurations().getIterationCount()).isEqualTo(6);
    assertThat(net.getScore()).isEqualTo(twice.getScore()).isPositive();
  }

  @Test
  void vectorsForAGraphWithoutImages() {
    List<DataSet> flat =
        SETS.stream()
            .map(set -> new DataSet(set.getFeatures().reshape(20, 144), set.getLabels()))
            .toList();
    ComputationGraph graph =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .activation(Activation.IDENTITY)
                .graphBuilder()
                .addInputs("vector")
                .addLayer("dense", new DenseLayer.Builder().nOut(24).build(), "vector")
                .addLayer("norm", new BatchNormalization.Builder().build(), "dense")
                .addLayer("act", Stripes.staircase(), "norm")
                .addLayer("output", Stripes.classifier(), "act")
                .setOutputs("output")
                .setInputTypes(InputType.feedForward(144))
                .build());
    graph.init();
    SparkComputationGraph net = net(graph);
    JavaRDD<DataSet> rdd = rdd(flat);

    for (int epoch = 0; epoch < 8; epoch++) {
      net.fit(rdd);
    }

    assertThat(net.evaluate(rdd).accuracy()).isGreaterThan(0.8);
  }

  private static MultiLayerNetwork multiLayer(ComputationGraph graph) {
    NeuralNetConfiguration.ListBuilder list = new NeuralNetConfiguration.Builder().list();
    for (String name : graph.getConfiguration().getTopologicalOrderStr()) {
      if (graph.getConfiguration().getVertices().get(name) instanceof LayerVertex vertex) {
        list.layer(vertex.getLayerConf().getLayer().clone());
      }
    }
    MultiLayerConfiguration configuration =
        list.setInputType(InputType.convolutional(12, 12, 1)).build();
    MultiLayerNetwork layers = new MultiLayerNetwork(configuration);
    layers.init();
    return layers;
  }

  private static SparkComputationGraph net(ComputationGraph graph) {
    return new SparkComputationGraph(LOCAL.spark(), graph, Stripes.master().build());
  }

  private static JavaRDD<DataSet> rdd(List<DataSet> sets) {
    return LOCAL.spark().parallelize(sets, 2);
  }

  private static float[] parameters(ComputationGraph graph) {
    return graph.params().dup().data().asFloat();
  }
}
