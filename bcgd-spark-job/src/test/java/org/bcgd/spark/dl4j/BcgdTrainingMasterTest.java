// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.assertj.core.data.Offset;
import org.bcgd.failure.SettingsException;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** Fits on a real Spark, judged by Deeplearning4j's own execution of the graph. */
class BcgdTrainingMasterTest {

  @RegisterExtension static final LocalContext LOCAL = new LocalContext();

  private static final List<Stripes.Stripe> TRAINING = Stripes.of(111, 1);

  @TempDir Path directory;

  @Test
  void theGraphKnowsImagesItHasNotSeen() {
    SparkComputationGraph net = net(Stripes.master());
    JavaRDD<DataSet> rdd = rdd(Stripes.dataSets(TRAINING, 4), 3);

    for (int epoch = 0; epoch < 8; epoch++) {
      net.fit(rdd.rdd());
    }

    JavaRDD<DataSet> unseen = rdd(Stripes.dataSets(Stripes.of(90, 2), 10), 2);
    Evaluation evaluation = net.evaluate(unseen);
    assertThat(evaluation.getNumRowCounter()).isEqualTo(90);
    assertThat(evaluation.accuracy()).isGreaterThan(0.9);
    assertThat(net.getNetwork().getEpochCount()).isEqualTo(8);
    assertThat(net.getTrainingMaster().deleteTempFiles(LOCAL.spark())).isTrue();
    assertThat(LOCAL.spark().getPersistentRDDs()).isEmpty();
  }

  @Test
  void everyQuantizedLayerIsLeftWithTheMeanMagnitudeAndTheSigns() {
    SparkComputationGraph low = net(Stripes.master());
    SparkComputationGraph full = net(Stripes.master().putBack(PutBack.FULL_PRECISION));
    JavaRDD<DataSet> rdd = rdd(Stripes.dataSets(TRAINING, 4), 3);
    for (int epoch = 0; epoch < 2; epoch++) {
      low.fit(rdd);
      full.fit(rdd);
    }

    for (String layer : List.of("conv", "dense", "output")) {
      float[] quantized = values(low.getNetwork(), layer, "W");
      float[] precise = values(full.getNetwork(), layer, "W");
      float scale = Math.abs(quantized[0]);
      double mean = 0;
      for (int i = 0; i < precise.length; i++) {
        mean += Math.abs(precise[i]) / (double) precise.length;
        assertThat(quantized[i]).isEqualTo(precise[i] >= 0 ? scale : -scale);
      }
      assertThat(scale).isCloseTo((float) mean, Offset.offset(1e-7f));
      assertThat(IntStream.range(0, precise.length).mapToObj(i -> precise[i]).distinct())
          .hasSizeGreaterThan(2);
    }
    for (String parameter : List.of("gamma", "beta", "mean", "log10stdev")) {
      assertThat(values(low.getNetwork(), "conv_norm", parameter))
          .isEqualTo(values(full.getNetwork(), "conv_norm", parameter));
    }
  }

  @Test
  void orderPartitionsAndSizesOfDataSetsDoNotMatter() {
    SparkComputationGraph one = net(Stripes.master());
    SparkComputationGraph other = net(Stripes.master());
    List<Stripes.Stripe> shuffled = new ArrayList<>(TRAINING);
    Collections.rotate(shuffled, 47);
    Collections.reverse(shuffled.subList(0, 60));

    one.fit(rdd(Stripes.dataSets(TRAINING, 4), 3));
    other.fit(rdd(Stripes.dataSets(shuffled, 1), 5));

    assertThat(parameters(other)).isEqualTo(parameters(one));
  }

  @Test
  void aRestartedDriverGoesOnWhereTheFolderSays() {
    String folder = directory.resolve("run").toString();
    JavaRDD<DataSet> rdd = rdd(Stripes.dataSets(TRAINING, 4), 3);
    SparkComputationGraph through = net(Stripes.master());
    for (int epoch = 0; epoch < 3; epoch++) {
      through.fit(rdd);
    }
    BcgdTrainingMaster before = Stripes.master().folder(folder).build();
    SparkComputationGraph stopped =
        new SparkComputationGraph(LOCAL.spark(), Stripes.graph(), before);
    assertThat(before.resume(stopped)).isZero();
    stopped.fit(rdd);

    BcgdTrainingMaster after = Stripes.master().folder(folder).build();
    SparkComputationGraph resumed =
        new SparkComputationGraph(LOCAL.spark(), Stripes.graph(), after);
    assertThatThrownBy(() -> resumed.fit(rdd))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("holds a training of other weights than the graph has")
        .hasMessageContaining("master.resume(graph)");
    int done = after.resume(resumed);
    assertThat(parameters(resumed)).isEqualTo(parameters(stopped));
    for (int epoch = done; epoch < 3; epoch++) {
      resumed.fit(rdd);
    }

    assertThat(done).isEqualTo(1);
    assertThat(parameters(resumed)).isEqualTo(parameters(through));
    assertThat(Path.of(folder, "metrics.jsonl")).exists();
  }

  @Test
  void otherWeightsInTheGraphBeginATrainingOfTheirOwn() {
    JavaRDD<DataSet> rdd = rdd(Stripes.dataSets(TRAINING, 4), 3);
    SparkComputationGraph net = net(Stripes.master());
    INDArray first = net.getNetwork().params().dup();
    net.fit(rdd);
    float[] afterOne = parameters(net);
    net.fit(rdd);
    assertThat(parameters(net)).isNotEqualTo(afterOne);

    net.getNetwork().setParams(first);
    net.fit(rdd);

    assertThat(parameters(net)).isEqualTo(afterOne);
  }

  @Test
  void anEpochOfAnotherRddMayHaveAnotherNumberOfSteps() {
    SparkComputationGraph net =
        net(Stripes.master().epochs(4).set("training.learning-rate.schedule", "cosine"));
    List<Integer> iterations = new ArrayList<>();
    net.setListeners(
        new BaseTrainingListener() {
          @Override
          public void iterationDone(Model model, int iteration, int epoch) {
            iterations.add(100 * epoch + iteration);
          }
        });

    net.fit(rdd(Stripes.dataSets(TRAINING, 4), 3)); // 55 and 56 samples in shards, 5 steps of 20
    net.fit(rdd(Stripes.dataSets(TRAINING.subList(0, 60), 4), 3)); // 3 steps
    net.fit(rdd(Stripes.dataSets(TRAINING, 4), 3));
    net.fit(rdd(Stripes.dataSets(TRAINING.subList(0, 60), 4), 3));

    assertThat(iterations)
        .containsExactly(1, 2, 3, 4, 5, 106, 107, 108, 209, 210, 211, 212, 213, 314, 315, 316);
    assertThatThrownBy(() -> net.fit(rdd(Stripes.dataSets(TRAINING, 4), 3)))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("fit() was called 5 times, but the training has epochs(4)");
  }

  @Test
  void listenersAreToldTheLossOfEveryStepAsTheMetricsHaveIt() throws Exception {
    Path folder = directory.resolve("listened");
    SparkComputationGraph net = net(Stripes.master().folder(folder.toString()));
    List<String> heard = new ArrayList<>();
    net.setListeners(
        new BaseTrainingListener() {
          @Override
          public void onEpochStart(Model model) {
            heard.add("start");
          }

          @Override
          public void iterationDone(Model model, int iteration, int epoch) {
            heard.add(String.valueOf(model.score()));
          }

          @Override
          public void onEpochEnd(Model model) {
            heard.add("end");
          }
        });

    net.fit(rdd(Stripes.dataSets(TRAINING, 4), 3));

    assertThat(heard).hasSize(7).startsWith("start").endsWith("end");
    String metrics = Files.readString(folder.resolve("metrics.jsonl"));
    assertThat(metrics).contains(heard.subList(1, 6));
    assertThat(net.getScore()).isEqualTo(Double.parseDouble(heard.get(5)));
  }

  private static SparkComputationGraph net(BcgdTrainingMaster.Builder master) {
    return new SparkComputationGraph(LOCAL.spark(), Stripes.graph(), master.build());
  }

  private static JavaRDD<DataSet> rdd(List<DataSet> sets, int partitions) {
    return LOCAL.spark().parallelize(sets, partitions);
  }

  private static float[] parameters(SparkComputationGraph net) {
    return net.getNetwork().params().dup().data().asFloat();
  }

  private static float[] values(ComputationGraph graph, String layer, String parameter) {
    return graph.getLayer(layer).getParam(parameter).dup('c').data().asFloat();
  }
}
