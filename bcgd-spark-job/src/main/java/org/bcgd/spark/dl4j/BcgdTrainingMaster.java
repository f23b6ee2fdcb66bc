// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.dl4j;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.bcgd.network.given.GivenGraph;
import org.bcgd.spark.run.GuestRun;
import org.datavec.spark.util.BroadcastHadoopConfigHolder;
import org.deeplearning4j.core.loader.DataSetLoader;
import org.deeplearning4j.core.loader.MultiDataSetLoader;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.deeplearning4j.spark.data.loader.RemoteFileSourceFactory;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.nd4j.common.loader.SourceFactory;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * Trains the network of a Deeplearning4j user on Spark by Blended Coarse Gradient Descent, through
 * the engine of this software, on the user's own RDD.
 *
 * <pre>
 *   BcgdTrainingMaster master =
 *       new BcgdTrainingMaster.Builder().shards(8).batchSizePerShard(32).learningRate(0.02).build();
 *   SparkComputationGraph spark = new SparkComputationGraph(sc, graph, master);
 *   for (int epoch = 0; epoch &lt; 20; epoch++) {
 *     spark.fit(rdd);
 *   }
 * </pre>
 *
 * <p>Each fit is one epoch of the training that the verb {@code train} does; afterwards the graph
 * holds the trained weights, low-bit ones unless {@link Builder#putBack} says otherwise. The next
 * fit of the same graph goes on with the full-precision weights, the momentum and the schedules. A
 * graph whose parameters are not those of the last fit begins a new training from the parameters
 * that it has; resolutions of quantized activations that are exactly 1, as they are in a new graph,
 * are then started from the first minibatch.
 *
 * <p>Of the graph's configuration its layers count: updaters, learning rates and penalties are
 * those of the master. Samples are float32 images [C, H, W], or vectors, taken as they are, with
 * one-hot labels. An RDD is dealt to shards at its first fit and kept on the executors until
 * another RDD is fitted or {@link #deleteTempFiles} is called; equal samples give equal bits,
 * whatever their order, the partitions and the cluster.
 *
 * <p>Mistakes of the user are told by {@link org.bcgd.failure.UserErrorException}. Not for several
 * threads at once.
 */
public final class BcgdTrainingMaster extends WithoutWorkers {

  private final MasterSettings told;
  private final GraphTraining training;
  private Optional<Kept> kept = Optional.empty();
  private List<TrainingListener> listeners = List.of();

  /** The samples of the last RDD. */
  private record Kept(JavaSparkContext spark, int rdd, SampleShards samples) {

    boolean isOf(JavaSparkContext other, JavaRDD<?> data) {
      return spark.sc() == other.sc() && rdd == data.id();
    }
  }

  private BcgdTrainingMaster(MasterSettings told) {
    this.told = told;
    this.training = new GraphTraining(told);
  }

  @Override
  public void executeTraining(SparkComputationGraph graph, JavaRDD<DataSet> data) {
    fit(graph, data, data.map(DataSet::toMultiDataSet));
  }

  @Override
  public void executeTrainingMDS(SparkComputationGraph graph, JavaRDD<MultiDataSet> data) {
    fit(graph, data, data);
  }

  /** Trains the network as the graph that it is. */
  @Override
  public void executeTraining(SparkDl4jMultiLayer network, JavaRDD<DataSet> data) {
    fit(network, data, data.map(DataSet::toMultiDataSet));
  }

  @Override
  public void executeTrainingPaths(
      SparkDl4jMultiLayer network,
      SparkComputationGraph graph,
      JavaRDD<String> paths,
      DataSetLoader loader,
      MultiDataSetLoader multiLoader) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(paths.context());
    SourceFactory files = new RemoteFileSourceFactory(BroadcastHadoopConfigHolder.get(spark));
    JavaRDD<MultiDataSet> sets =
        loader == null
            ? paths.map(path -> multiLoader.load(files.getSource(path)))
            : paths.map(path -> loader.load(files.getSource(path)).toMultiDataSet());
    if (graph == null) {
      fit(network, paths, sets);
    } else {
      fit(graph, paths, sets);
    }
  }

  private void fit(SparkComputationGraph graph, JavaRDD<?> given, JavaRDD<MultiDataSet> sets) {
    fit(graph.getSparkContext(), graph.getNetwork(), given, sets);
    graph.setScore(graph.getNetwork().score());
  }

  private void fit(SparkDl4jMultiLayer network, JavaRDD<?> given, JavaRDD<MultiDataSet> sets) {
    MultiLayerNetwork layers = network.getNetwork();
    MultiLayerConfiguration counts = layers.getLayerWiseConfigurations();
    ComputationGraph graph = layers.toComputationGraph();
    graph.getConfiguration().setIterationCount(counts.getIterationCount());
    graph.getConfiguration().setEpochCount(counts.getEpochCount());
    fit(network.getSparkContext(), graph, given, sets);
    layers.setParams(graph.params());
    layers.setScore(graph.score());
    counts.setIterationCount(graph.getConfiguration().getIterationCount());
    network.setScore(graph.score());
  }

  private void fit(
      JavaSparkContext spark,
      ComputationGraph graph,
      JavaRDD<?> given,
      JavaRDD<MultiDataSet> sets) {
    try (GuestRun guest = new GuestRun(spark)) {
      GivenGraph weights = new GivenGraph(graph);
      SampleShards samples = samples(spark, given, sets, weights);
      StepReport report = new StepReport(graph, listeners);
      report.begin();
      training.fit(guest, weights, samples, report);
      report.end();
    }
  }

  private SampleShards samples(
      JavaSparkContext spark, JavaRDD<?> given, JavaRDD<MultiDataSet> sets, GivenGraph graph) {
    if (kept.filter(samples -> samples.isOf(spark, given)).isEmpty()) {
      giveUpSamples();
      kept =
          Optional.of(
              new Kept(spark, given.id(), SampleShards.of(spark, sets, graph, told.before())));
    }
    return kept.get().samples;
  }

  private void giveUpSamples() {
    kept.filter(samples -> !samples.spark.sc().isStopped())
        .ifPresent(samples -> samples.samples.close());
    kept = Optional.empty();
  }

  /**
   * Goes on with the training in the {@link Builder#folder}, as after a restart of the driver: the
   * graph takes the weights of its newest checkpoint.
   *
   * @return fits that are done; 0 where the folder holds no checkpoint, and the graph stays as it
   *     is
   */
  public int resume(SparkComputationGraph graph) {
    return training.resume(
        new GivenGraph(graph.getNetwork()), graph.getSparkContext().hadoopConfiguration());
  }

  /** Sets listeners, which are called on the driver; the score of a step is its mean loss. */
  @Override
  public void setListeners(Collection<TrainingListener> listeners) {
    this.listeners = listeners == null ? List.of() : List.copyOf(listeners);
  }

  /** The settings, but for what the samples tell. */
  @Override
  public String toJson() {
    return told.json();
  }

  /** The same as {@link #toJson}, since JSON is YAML. */
  @Override
  public String toYaml() {
    return toJson();
  }

  /**
   * Ends the training: the samples leave the executors, and a temporary folder of the driver is
   * deleted. A {@link Builder#folder} stays.
   */
  @Override
  public boolean deleteTempFiles(JavaSparkContext spark) {
    giveUpSamples();
    return training.deleteFiles();
  }

  @Override
  public boolean deleteTempFiles(SparkContext spark) {
    return deleteTempFiles(JavaSparkContext.fromSparkContext(spark));
  }

  /** Puts a master together. What is not told is as in the settings of the verb {@code train}. */
  public static final class Builder {

    private final Map<String, String> values = new LinkedHashMap<>();
    private int shards = 2;
    private int batchSizePerShard = 32;
    private Optional<Integer> epochs = Optional.empty();
    private Optional<String> folder = Optional.empty();
    private PutBack putBack = PutBack.QUANTIZED;

    /** Logical shards, the tasks of a step, 2 by default; part of the result. */
    public Builder shards(int shards) {
      this.shards = shards;
      return this;
    }

    /** Samples that each shard takes in a step, 32 by default. */
    public Builder batchSizePerShard(int samples) {
      this.batchSizePerShard = samples;
      return this;
    }

    /** η before any decay, 0.01 by default. */
    public Builder learningRate(double rate) {
      return set("training.learning-rate.initial", rate);
    }

    /** μ, 0.95 by default. */
    public Builder momentum(double momentum) {
      return set("training.momentum", momentum);
    }

    /** ρ, how much of the quantized weights a step blends into the float weights. */
    public Builder rho(double rho) {
      return set("blending.rho", rho);
    }

    /** Bits of a quantized weight: 1, the default, to 8, or 32 for float. */
    public Builder weightBits(int bits) {
      return set("weights.bits", bits);
    }

    /**
     * The layers whose weights are quantized: {@code all}, the default, {@code
     * all-but-first-and-last}, or a list of patterns such as {@code [conv*&#47;W]}.
     */
    public Builder quantizedLayers(String layers) {
      return set("weights.layers", layers);
    }

    /** Steps that shards take by themselves between two averages; 1, the default, for none. */
    public Builder averagingFrequency(int steps) {
      return set("aggregation.averaging-frequency", steps);
    }

    /** Seed of every random draw. */
    public Builder seed(long seed) {
      return set("run.seed", seed);
    }

    /** Fits that there will be, which a cosine of the learning rate must know. */
    public Builder epochs(int fits) {
      this.epochs = Optional.of(fits);
      return this;
    }

    /** Which weights the graph gets after a fit; quantized ones by default. */
    public Builder putBack(PutBack weights) {
      this.putBack = weights;
      return this;
    }

    /**
     * Where checkpoints and metrics of the training stay, any Hadoop URI, one for each training; a
     * temporary folder of the driver without.
     */
    public Builder folder(String uri) {
      this.folder = Optional.of(uri);
      return this;
    }

    /** Any other setting of a training, such as {@code training.weight-decay.weights}. */
    public Builder set(String key, Object value) {
      values.put(key, value.toString());
      return this;
    }

    /**
     * The master.
     *
     * @throws org.bcgd.failure.SettingsException with every problem, one a line
     */
    public BcgdTrainingMaster build() {
      return new BcgdTrainingMaster(
          MasterSettings.of(values, shards, batchSizePerShard, epochs, folder, putBack));
    }
  }
}
