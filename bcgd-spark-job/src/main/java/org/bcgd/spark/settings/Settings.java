// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.settings;

import static org.bcgd.spark.settings.hocon.ValueType.text;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigRenderOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.bcgd.descent.BlendedCoarseGradientDescent;
import org.bcgd.descent.DescentSettings;
import org.bcgd.descent.WeightDecay;
import org.bcgd.network.NetworkDefinition;
import org.bcgd.parameters.ParameterLayout;
import org.bcgd.spark.settings.hocon.Hocon;
import org.bcgd.spark.settings.hocon.Reading;
import org.bcgd.spark.settings.hocon.Section;

/**
 * Everything that is settled before a run.
 *
 * <p>Read from HOCON with this precedence: {@code --set key=value}, the file, the files it
 * includes, the defaults. Only {@link #read} and {@link #parse} make settings, so that their values
 * are always valid.
 *
 * @param name what the experiment is called
 * @param values every key that has a value, defaults included
 */
public record Settings(
    String name,
    RunSettings run,
    DatasetSettings dataset,
    InputSettings input,
    NetworkSettings network,
    ActivationSettings activations,
    WeightSettings weights,
    ResolutionSettings resolution,
    TrainingSettings training,
    BlendingSettings blending,
    Optional<RelaxationSettings> relaxation,
    InitialWeightsSettings initialWeights,
    Optional<DistillationSettings> distillation,
    AggregationSettings aggregation,
    EvaluationSettings evaluation,
    ExecutionSettings execution,
    Config values) {

  /**
   * The settings of a file.
   *
   * @param overrides {@code key=value}, later ones win
   * @throws org.bcgd.failure.SettingsException with every problem of the file, one a line
   */
  public static Settings read(Path file, List<String> overrides) {
    return of(Hocon.file(file, overrides));
  }

  /**
   * The settings of a text, such as {@link #effective} of another run.
   *
   * @param source what to call the text in messages
   * @param overrides {@code key=value}, later ones win
   * @throws org.bcgd.failure.SettingsException with every problem of the text, one a line
   */
  public static Settings parse(String text, String source, List<String> overrides) {
    return of(Hocon.text(text, source, overrides));
  }

  private static Settings of(Hocon hocon) {
    Reading reading = new Reading(hocon);
    Section root = reading.root();
    Settings settings =
        new Settings(
            root.required("name", text("quickstart")),
            RunSettings.read(root.section("run")),
            DatasetSettings.read(root.section("dataset")),
            InputSettings.read(root.section("input")),
            NetworkSettings.read(root.section("network")),
            ActivationSettings.read(root.section("activations")),
            WeightSettings.read(root.section("weights")),
            ResolutionSettings.read(root.section("resolution")),
            TrainingSettings.read(root.section("training")),
            BlendingSettings.read(root.section("blending", BlendingSettings.NAMED)),
            root.optionalSection("relaxation").map(RelaxationSettings::read),
            InitialWeightsSettings.read(root.section("initial-weights")),
            root.optionalSection("distillation").map(DistillationSettings::read),
            AggregationSettings.read(root.section("aggregation")),
            EvaluationSettings.read(root.section("evaluation")),
            ExecutionSettings.read(root.section("execution")),
            reading.values());
    settings.check(root);
    reading.finish();
    return settings;
  }

  private void check(Section root) {
    root.check(
        training.batchSize() % dataset.shards() == 0,
        "the batch size must be a multiple of the number of shards",
        "training.batch-size",
        "dataset.shards");
    root.check(
        aggregation.quorum().orElse(1) <= dataset.shards(),
        "a quorum of more shards than there are",
        "aggregation.quorum",
        "dataset.shards");
    root.check(
        training.batchSize() / dataset.shards() % aggregation.minibatches() == 0,
        "a shard's part of the batch must be a multiple of its minibatches",
        "training.batch-size",
        "dataset.shards",
        "aggregation.minibatches");
    root.check(
        dataset.format() != DatasetKind.IMAGE_FOLDER || input.shape().channels() == 3,
        "images of this format have another number of channels",
        "dataset.format",
        "input.channels");
    root.check(
        initialWeights.norms() == InitialWeightsSettings.Norms.AS_GIVEN
            || (weights.isFloat() && activations.quantizer().isEmpty()),
        "norms are restated in a float network only: set both bits to 32, and start the quantized"
            + " run from the float one",
        "initial-weights.norms",
        "weights.bits",
        "activations.bits");
    root.check(
        relaxation.isEmpty() || !weights.isFloat(),
        "relaxation moves weights towards quantized ones, so it needs weights.bits from 1 to 8",
        "weights.bits",
        "relaxation");
  }

  /**
   * The update that these settings ask for.
   *
   * @param layout of the parameters
   * @param stepsPerEpoch steps after which its schedules go on to the next epoch
   */
  public BlendedCoarseGradientDescent update(ParameterLayout layout, int stepsPerEpoch) {
    return new BlendedCoarseGradientDescent(layout, weights.precision(), descent(), stepsPerEpoch);
  }

  /** The same but for parameters and the length of an epoch. */
  public DescentSettings descent() {
    WeightDecaySettings decay = training.weightDecay();
    return new DescentSettings(
        training.learningRate().over(training.epochs()),
        training.momentum(),
        new WeightDecay(
            decay.weights(), decay.biases(), decay.normalization(), resolution.weightDecay()),
        blending.blending(),
        relaxation.map(RelaxationSettings::relaxation),
        resolution.rule(),
        training.runningStatisticsDecay());
  }

  /** The complete settings, defaults included, as HOCON that parses to equal settings. */
  public String effective() {
    return values
        .root()
        .render(ConfigRenderOptions.defaults().setJson(false).setOriginComments(false));
  }

  /**
   * The network that is trained.
   *
   * @param readText gives the text of the file of a graph that the user brings
   * @throws org.bcgd.failure.SettingsException if it does not fit the input, or the graph has
   *     something that cannot be trained
   */
  public NetworkDefinition network(UnaryOperator<String> readText) {
    return network
        .architecture()
        .map(a -> a.define(input.shape(), network.classes(), activations.activation()))
        .orElseGet(
            () -> {
              String file = network.graph().orElseThrow();
              return NetworkDefinition.fromJson(
                  file, readText.apply(file), input.shape(), network.classes());
            });
  }

  /** The keys whose values differ, in alphabetical order. */
  public List<Difference> differences(Settings other) {
    return Difference.between(this, other);
  }
}
