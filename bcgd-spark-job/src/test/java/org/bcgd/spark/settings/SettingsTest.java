// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bcgd.data.ImageShape;
import org.bcgd.data.transform.RandomResizedCropFlip;
import org.bcgd.descent.Blending;
import org.bcgd.descent.Decay;
import org.bcgd.descent.DescentSettings;
import org.bcgd.descent.LearningRate;
import org.bcgd.descent.Relaxation;
import org.bcgd.descent.ResolutionRule;
import org.bcgd.descent.WeightDecay;
import org.bcgd.engine.GradientPrecision;
import org.bcgd.network.ResolutionStart;
import org.bcgd.parameters.LayerSelection;
import org.bcgd.parameters.WeightPrecision;
import org.bcgd.quantization.ActivationQuantizer;
import org.bcgd.quantization.BinaryQuantizer;
import org.bcgd.quantization.Rounding;
import org.bcgd.quantization.TernaryQuantizer;
import org.bcgd.quantization.ThresholdTernaryQuantizer;
import org.bcgd.quantization.UniformQuantizer;
import org.bcgd.quantization.WeightQuantizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {

  private static final String EVERY_KEY =
      """
      name = all
      run { folder = "hdfs://nn/runs", seed = 7, checkpoint-every-steps = 10, keep-checkpoints = 2 }
      dataset {
        format = image-folder, path = "s3a://bucket/x", shards = 4, corrupt-threshold = 0.5
        training-limit = 100, evaluation-limit = 50
      }
      input {
        channels = 3, height = 8, width = 9, mean = [0, 0.5, 1], deviation = [1, 2, 3]
        augmentation = random-resized-crop-flip
      }
      network { graph = my.json, classes = 5 }
      activations {
        bits = 2, rounding = nearest, derivative = identity, resolution-derivative = two-valued
      }
      weights {
        bits = 3, ternary = exact, iterations = 9, scale-per = channel, layers = ["conv*/W", fc]
      }
      resolution {
        start = 0.5, minimum = 0.1, maximum = 2, learning-rate-factor = 0.5, weight-decay = 0.25
        gradient-clip = 1
      }
      training {
        epochs = 9, batch-size = 16, momentum = 0.5
        learning-rate {
          initial = 0.5, schedule = step, milestones = [2, 4], factor = 0.25, warmup-epochs = 1
        }
        weight-decay { weights = 0.5, biases = 0.25, normalization = 0.125 }
        running-statistics-decay = 0.75, norm-batches = 7
      }
      blending { rho = 0.25, growth = 2, maximum = 0.5 }
      relaxation { initial = 2, growth = 3, hard-from-epoch = 4 }
      initial-weights.from = runs/float
      evaluation { batch-size = 10, every-epochs = 2 }
      execution { kind = dl4j, threads = 2, gradient-precision = float32, prefetch = false }
      """;

  @Test
  void defaultsAreAsDocumented() {
    Map<String, Object> values = new TreeMap<>();
    for (Map.Entry<String, ConfigValue> entry : SettingsText.with().values().entrySet()) {
      values.put(entry.getKey(), entry.getValue().unwrapped());
    }
    List.of("name", "run.folder", "network.architecture", "network.classes")
        .forEach(values::remove);
    List.of("channels", "height", "width", "mean", "deviation")
        .forEach(key -> values.remove("input." + key));
    List.of("epochs", "batch-size", "learning-rate.initial")
        .forEach(key -> values.remove("training." + key));

    assertThat(values)
        .isEqualTo(
            Map.ofEntries(
                Map.entry("run.seed", 1L),
                Map.entry("run.checkpoint-every-steps", 0),
                Map.entry("run.keep-checkpoints", 3),
                Map.entry("dataset.format", "fashion-mnist-sample"),
                Map.entry("dataset.shards", 2),
                Map.entry("dataset.corrupt-threshold", 0.001),
                Map.entry("initial-weights.norms", "as-given"),
                Map.entry("input.augmentation", "none"),
                Map.entry("activations.bits", 4),
                Map.entry("activations.rounding", "up"),
                Map.entry("activations.derivative", "clipped-relu"),
                Map.entry("activations.resolution-derivative", "three-valued"),
                Map.entry("weights.bits", 1),
                Map.entry("weights.ternary", "threshold"),
                Map.entry("weights.iterations", 5),
                Map.entry("weights.scale-per", "layer"),
                Map.entry("weights.layers", "all"),
                Map.entry("resolution.start", "mse"),
                Map.entry("resolution.minimum", 0.001),
                Map.entry("resolution.maximum", 100.0),
                Map.entry("resolution.learning-rate-factor", 0.01),
                Map.entry("resolution.weight-decay", 0.0),
                Map.entry("training.momentum", 0.95),
                Map.entry("training.norm-batches", 0),
                Map.entry("training.learning-rate.schedule", "constant"),
                Map.entry("training.learning-rate.milestones", List.of()),
                Map.entry("training.learning-rate.factor", 0.1),
                Map.entry("training.learning-rate.warmup-epochs", 0),
                Map.entry("training.weight-decay.weights", 1e-4),
                Map.entry("training.weight-decay.biases", 1e-4),
                Map.entry("training.weight-decay.normalization", 1e-4),
                Map.entry("training.running-statistics-decay", 0.9),
                Map.entry("blending.rho", 1e-5),
                Map.entry("blending.growth", 1.0),
                Map.entry("blending.maximum", 0.01),
                Map.entry("aggregation.precision", "float32"),
                Map.entry("aggregation.reduction", "auto"),
                Map.entry("aggregation.minibatches", 1),
                Map.entry("aggregation.grace-seconds", 1.0),
                Map.entry("aggregation.averaging-frequency", 1),
                Map.entry("aggregation.local-momentum", "averaged"),
                Map.entry("evaluation.batch-size", 100),
                Map.entry("evaluation.every-epochs", 1),
                Map.entry("execution.kind", "engine"),
                Map.entry("execution.threads", 1),
                Map.entry("execution.prefetch", true)));
  }

  @Test
  void relaxationHasItsOwnDefaults() {
    assertThat(SettingsText.with("relaxation.hard-from-epoch = 2").relaxation())
        .contains(new RelaxationSettings(1, 1.0404, 2));
    assertThat(SettingsText.with().relaxation()).isEmpty();
  }

  @Test
  void everyKeyIsMapped() {
    Settings settings = Settings.parse(EVERY_KEY, "all.conf", List.of());

    assertThat(settings.name()).isEqualTo("all");
    assertThat(settings.run()).isEqualTo(new RunSettings("hdfs://nn/runs", 7, 10, 2));
    assertThat(settings.dataset())
        .isEqualTo(
            new DatasetSettings(
                DatasetKind.IMAGE_FOLDER,
                Optional.of("s3a://bucket/x"),
                4,
                0.5,
                Optional.of(100),
                Optional.of(50)));
    assertThat(settings.input())
        .isEqualTo(
            new InputSettings(
                new ImageShape(3, 8, 9),
                List.of(0.0, 0.5, 1.0),
                List.of(1.0, 2.0, 3.0),
                RandomResizedCropFlip.PHOTOGRAPHS));
    assertThat(settings.network())
        .isEqualTo(new NetworkSettings(Optional.empty(), Optional.of("my.json"), 5));
    assertThat(settings.activations().quantizer())
        .contains(new ActivationQuantizer(2, Rounding.NEAREST));
    assertThat(settings.activations().toString()).contains("IDENTITY", "TWO_VALUED");
    assertThat(settings.weights())
        .isEqualTo(
            new WeightSettings(
                3,
                TernaryRule.EXACT,
                9,
                WeightPrecision.Granularity.CHANNEL,
                new LayerSelection.Matching(List.of("conv*/W", "fc"))));
    assertThat(settings.resolution())
        .isEqualTo(
            new ResolutionSettings(
                new ResolutionStart.Fixed(0.5f), 0.1, 2, 0.5, 0.25, Optional.of(1.0)));
    assertThat(settings.training())
        .isEqualTo(
            new TrainingSettings(
                9,
                16,
                0.5,
                new LearningRateSettings(
                    0.5, LearningRateSettings.Schedule.STEP, List.of(2, 4), 0.25, 1),
                new WeightDecaySettings(0.5, 0.25, 0.125),
                0.75,
                7));
    assertThat(settings.blending()).isEqualTo(new BlendingSettings(0.25, 2, 0.5));
    assertThat(settings.relaxation()).contains(new RelaxationSettings(2, 3, 4));
    assertThat(settings.initialWeights().from()).contains("runs/float");
    assertThat(settings.evaluation()).isEqualTo(new EvaluationSettings(10, 2));
    assertThat(settings.execution())
        .isEqualTo(
            new ExecutionSettings(
                ExecutionSettings.Kind.DL4J, 2, Optional.of(GradientPrecision.FLOAT32), false));
  }

  @Test
  void effectiveSettingsReadBackEqual() {
    for (Settings settings :
        List.of(
            Settings.parse(EVERY_KEY, "all.conf", List.of()),
            SettingsText.with(),
            SettingsText.with("blending = projected-gradient", "weights.bits = 32"))) {
      assertThat(Settings.parse(settings.effective(), "effective", List.of())).isEqualTo(settings);
    }
  }

  @Test
  void commandLineBeatsFile() {
    assertThat(
            SettingsText.overridden("training.epochs=5", "training.epochs=6").training().epochs())
        .isEqualTo(6);
  }

  @Test
  void fileBeatsIncludedFileBeatsDefault(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("base.conf"), SettingsText.REQUIRED + "run.seed = 2\ndataset.shards = 4");
    Path file = folder.resolve("main.conf");
    Files.writeString(file, "include \"base.conf\"\nrun.seed = 3");

    Settings settings = Settings.read(file, List.of());

    assertThat(settings.run().seed()).isEqualTo(3);
    assertThat(settings.dataset().shards()).isEqualTo(4);
    assertThat(settings.run().keepCheckpoints()).isEqualTo(3);
  }

  @Test
  void overridesTakeUrisListsAndNull() {
    Settings settings =
        SettingsText.overridden(
            "run.folder=hdfs://name:8020/runs/a b",
            "weights.layers=[\"conv*\"]",
            "relaxation={hard-from-epoch=1}",
            "relaxation=null");

    assertThat(settings.run().folder()).isEqualTo("hdfs://name:8020/runs/a b");
    assertThat(settings.weights().layers())
        .isEqualTo(new LayerSelection.Matching(List.of("conv*")));
    assertThat(settings.relaxation()).isEmpty();
  }

  @Test
  void specialCasesOfBlendingHaveNames() {
    assertThat(SettingsText.with("blending = binary-connect").blending())
        .isEqualTo(new BlendingSettings(0, 1, 0));
    assertThat(SettingsText.overridden("blending=projected-gradient").blending())
        .isEqualTo(new BlendingSettings(1, 1, 1));
  }

  @Test
  void bitsChooseTheProjection() {
    assertThat(projection("bits = 1")).contains(new BinaryQuantizer());
    assertThat(projection("bits = 2")).contains(new ThresholdTernaryQuantizer());
    assertThat(projection("bits = 2, ternary = exact")).contains(new TernaryQuantizer());
    assertThat(projection("bits = 2, ternary = lloyd, iterations = 4"))
        .contains(new UniformQuantizer(2, 4));
    assertThat(projection("bits = 8")).contains(new UniformQuantizer(8, 5));
    assertThat(projection("bits = 32")).isEmpty();
    assertThat(SettingsText.with("activations.bits = 32").activations().quantizer()).isEmpty();
  }

  @Test
  void descentIsWhatTheSettingsAskFor() {
    assertThat(Settings.parse(EVERY_KEY, "all.conf", List.of()).descent())
        .isEqualTo(
            new DescentSettings(
                new LearningRate(0.5, new Decay.Step(List.of(2, 4), 0.25), 1),
                0.5,
                new WeightDecay(0.5, 0.25, 0.125, 0.25),
                new Blending(0.25, 2, 0.5),
                Optional.of(new Relaxation(2, 3, 4)),
                new ResolutionRule(0.5, 1, 0.1, 2),
                0.75));
  }

  @Test
  void namedBlendingIsTheSpecialCaseOfTheModel() {
    assertThat(SettingsText.with("blending = binary-connect").descent().blending())
        .isEqualTo(Blending.BINARY_CONNECT);
    assertThat(SettingsText.with("blending = projected-gradient").descent().blending())
        .isEqualTo(Blending.PROJECTED_GRADIENT);
  }

  @Test
  void withoutAClipTheGradientOfTheResolutionIsUnbounded() {
    assertThat(SettingsText.with().descent().resolution().gradientClip()).isInfinite();
  }

  @Test
  void cosineEndsWithTheTraining() {
    Settings settings = SettingsText.with("training.learning-rate.schedule = cosine");
    assertThat(settings.descent().learningRate().decay()).isEqualTo(new Decay.Cosine(3));
  }

  private static Optional<WeightQuantizer> projection(String weights) {
    return SettingsText.with("weights { " + weights + " }").weights().precision().quantizer();
  }
}
