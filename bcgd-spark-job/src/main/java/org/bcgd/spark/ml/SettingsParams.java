// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.ml;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.classification.ProbabilisticClassifier;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.StringArrayParam;
import org.bcgd.spark.settings.Settings;
import org.bcgd.spark.settings.hocon.Hocon;

/**
 * The params of the classifier that are settings of a training. A param that is set overrides its
 * key; one that is not leaves it as the settings have it. What they come to is read and checked as
 * the settings of a file are.
 *
 * <p>Precedence: params, {@link #settings}, {@link #settingsFile} or else built-in defaults.
 */
public abstract class SettingsParams
    extends ProbabilisticClassifier<
        Object, QuantizedImageClassifier, QuantizedImageClassificationModel> {

  private static final long serialVersionUID = 1;

  private static final String CLASSES = "network.classes";
  private static final String DEFAULTS = "the defaults of QuantizedImageClassifier";
  private static final int COLOURS = 3;

  private final Map<Param<?>, String> keys = new LinkedHashMap<>();

  private final Param<String> settingsFile =
      new Param<>(
          this,
          "settingsFile",
          "a HOCON file on the driver with the settings of a training, as conf/*.conf; its sections"
              + " run and dataset are overridden");
  private final StringArrayParam settings =
      new StringArrayParam(
          this,
          "settings",
          "any settings of a training as key=value, such as training.momentum=0.9; they override"
              + " the settings file, and params override them");
  private final Param<String> architecture =
      keyed(
          "network.architecture",
          new Param<>(
              this,
              "architecture",
              "the network: lenet5, vgg11, resnet20, resnet32, resnet44, resnet56, resnet18 or"
                  + " resnet34"));
  private final Param<String> graph =
      keyed(
          "network.graph",
          new Param<>(
              this,
              "graph",
              "a file with a Deeplearning4j computation graph in JSON, instead of an"
                  + " architecture"));
  private final IntParam channels =
      keyed(
          "input.channels",
          new IntParam(this, "channels", "channels of the network's input: 1 or 3"));
  private final IntParam height =
      keyed(
          "input.height", new IntParam(this, "height", "height of the network's input in pixels"));
  private final IntParam width =
      keyed("input.width", new IntParam(this, "width", "width of the network's input in pixels"));
  private final IntParam weightBits =
      keyed(
          "weights.bits",
          new IntParam(this, "weightBits", "bits of a quantized weight: 1 to 8, or 32 for float"));
  private final Param<String> quantizedLayers =
      keyed(
          "weights.layers",
          new Param<>(
              this,
              "quantizedLayers",
              "layers whose weights are quantized: all, all-but-first-and-last, or a list of"
                  + " patterns such as [stage?_*/W]"));
  private final IntParam activationBits =
      keyed(
          "activations.bits",
          new IntParam(
              this, "activationBits", "bits of a quantized activation: 1 to 8, or 32 for float"));
  private final IntParam epochs =
      keyed("training.epochs", new IntParam(this, "epochs", "passes over the training images"));
  private final IntParam batchSize =
      keyed(
          "training.batch-size",
          new IntParam(
              this, "batchSize", "images of a step, over all shards; a multiple of their number"));
  private final IntParam shards =
      keyed(
          "dataset.shards",
          new IntParam(
              this,
              "shards",
              "logical shards, the number of tasks of a step; part of the result, unlike the"
                  + " number of executors"));
  private final DoubleParam learningRate =
      keyed(
          "training.learning-rate.initial",
          new DoubleParam(this, "learningRate", "learning rate before any decay"));
  private final DoubleParam rho =
      keyed(
          "blending.rho",
          new DoubleParam(
              this,
              "rho",
              "how much of the quantized weights a step blends into the float weights, 0 to 1"));
  private final LongParam seed =
      keyed("run.seed", new LongParam(this, "seed", "seed of every random draw, from 0"));
  private final Param<String> initialWeights =
      keyed(
          "initial-weights.from",
          new Param<>(
              this,
              "initialWeights",
              "a checkpoint, or a run folder for its newest, whose weights the training starts"
                  + " from"));

  /**
   * For the estimator alone.
   *
   * @param waiting the uid, left before Spark's part is constructed
   */
  SettingsParams(UidInWaiting waiting) {}

  private <P extends Param<?>> P keyed(String key, P param) {
    keys.put(param, key);
    return param;
  }

  /**
   * The settings of a training.
   *
   * @param classes number of labels, unless they are declared
   * @param folder of the run
   * @throws org.bcgd.failure.SettingsException with every problem, one a line
   */
  Settings settings(int classes, String folder) {
    List<String> overrides = overrides();
    if (!declareClasses()) {
      overrides.add(CLASSES + "=" + classes);
    }
    overrides.addAll(
        List.of(
            "run.folder=" + folder,
            "dataset.format=given",
            "dataset.path=null",
            "dataset.training-limit=null",
            "dataset.evaluation-limit=null"));
    return isSet(settingsFile)
        ? Settings.read(Path.of($(settingsFile)), overrides)
        : Settings.parse(defaults(), DEFAULTS, overrides);
  }

  /** Whether the number of classes is among the settings. */
  boolean declareClasses() {
    Hocon hocon =
        isSet(settingsFile)
            ? Hocon.file(Path.of($(settingsFile)), overrides())
            : Hocon.text(defaults(), DEFAULTS, overrides());
    return hocon.config().hasPath(CLASSES);
  }

  private List<String> overrides() {
    List<String> overrides = new ArrayList<>();
    if (isSet(settings)) {
      overrides.addAll(List.of($(settings)));
    }
    keys.forEach(
        (param, key) -> {
          if (isSet(param)) {
            overrides.add(key + "=" + $(param));
          }
        });
    return overrides;
  }

  /** What holds where neither params nor a file say otherwise. */
  private String defaults() {
    int planes = isSet(channels) ? (Integer) $(channels) : COLOURS;
    return """
        name = quantized-image-classifier
        input { channels = %d, mean = %s, deviation = %s }
        training { epochs = 20, batch-size = 128, learning-rate { initial = 0.01, schedule = cosine } }
        """
        .formatted(planes, Collections.nCopies(planes, 0.5), Collections.nCopies(planes, 0.25));
  }

  public Param<String> settingsFile() {
    return settingsFile;
  }

  public StringArrayParam settings() {
    return settings;
  }

  public Param<String> architecture() {
    return architecture;
  }

  public Param<String> graph() {
    return graph;
  }

  public IntParam channels() {
    return channels;
  }

  public IntParam height() {
    return height;
  }

  public IntParam width() {
    return width;
  }

  public IntParam weightBits() {
    return weightBits;
  }

  public Param<String> quantizedLayers() {
    return quantizedLayers;
  }

  public IntParam activationBits() {
    return activationBits;
  }

  public IntParam epochs() {
    return epochs;
  }

  public IntParam batchSize() {
    return batchSize;
  }

  public IntParam shards() {
    return shards;
  }

  public DoubleParam learningRate() {
    return learningRate;
  }

  public DoubleParam rho() {
    return rho;
  }

  public LongParam seed() {
    return seed;
  }

  public Param<String> initialWeights() {
    return initialWeights;
  }

  public QuantizedImageClassifier setSettingsFile(String value) {
    return with(settingsFile, value);
  }

  public QuantizedImageClassifier setSettings(String... value) {
    return with(settings, value);
  }

  public QuantizedImageClassifier setArchitecture(String value) {
    return with(architecture, value);
  }

  public QuantizedImageClassifier setGraph(String value) {
    return with(graph, value);
  }

  public QuantizedImageClassifier setChannels(int value) {
    return with(channels, value);
  }

  public QuantizedImageClassifier setHeight(int value) {
    return with(height, value);
  }

  public QuantizedImageClassifier setWidth(int value) {
    return with(width, value);
  }

  public QuantizedImageClassifier setWeightBits(int value) {
    return with(weightBits, value);
  }

  public QuantizedImageClassifier setQuantizedLayers(String value) {
    return with(quantizedLayers, value);
  }

  public QuantizedImageClassifier setActivationBits(int value) {
    return with(activationBits, value);
  }

  public QuantizedImageClassifier setEpochs(int value) {
    return with(epochs, value);
  }

  public QuantizedImageClassifier setBatchSize(int value) {
    return with(batchSize, value);
  }

  public QuantizedImageClassifier setShards(int value) {
    return with(shards, value);
  }

  public QuantizedImageClassifier setLearningRate(double value) {
    return with(learningRate, value);
  }

  public QuantizedImageClassifier setRho(double value) {
    return with(rho, value);
  }

  public QuantizedImageClassifier setSeed(long value) {
    return with(seed, value);
  }

  public QuantizedImageClassifier setInitialWeights(String value) {
    return with(initialWeights, value);
  }

  private <T> QuantizedImageClassifier with(Param<T> param, T value) {
    return (QuantizedImageClassifier) set(param, value);
  }
}
