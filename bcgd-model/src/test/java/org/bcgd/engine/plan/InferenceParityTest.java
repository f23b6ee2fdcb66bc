// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bcgd.data.Batch;
import org.bcgd.data.ImageShape;
import org.bcgd.engine.RandomGraphs;
import org.bcgd.engine.RealImages;
import org.bcgd.engine.TestNetworks;
import org.bcgd.engine.crew.Crew;
import org.bcgd.engine.folded.FoldedNetwork;
import org.bcgd.engine.folded.Folding;
import org.bcgd.engine.graph.ExecutionGraph;
import org.bcgd.engine.graph.GraphReader;
import org.bcgd.engine.graph.Value;
import org.bcgd.engine.inference.InferenceNetwork;
import org.bcgd.engine.onednn.ElementType;
import org.bcgd.engine.step.Step;
import org.bcgd.network.NetworkDefinition;
import org.bcgd.network.architecture.Architecture;
import org.bcgd.parameters.LayerSelection;
import org.bcgd.parameters.WeightPrecision;
import org.bcgd.parameters.WeightSnapshot;
import org.bcgd.quantization.BinaryQuantizer;
import org.bcgd.quantization.TernaryQuantizer;
import org.bcgd.quantization.UniformQuantizer;
import org.bcgd.quantization.WeightQuantizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Integer inference against the evaluation of the engine that trains: the same bits. */
class InferenceParityTest {

  private static final int THREADS = 2;

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19})
  void randomGraphsGiveTheSameLogitsAndCodes(long seed) {
    NetworkDefinition definition = RandomGraphs.draw(seed);
    WeightPrecision precision =
        precision(
            List.of(new BinaryQuantizer(), new TernaryQuantizer(), new UniformQuantizer(4, 5))
                .get((int) (seed % 3)),
            seed % 2 == 0,
            seed % 4 == 1);
    requireEqual(
        definition,
        TestNetworks.weights(definition, precision),
        TestNetworks.batch(RandomGraphs.IMAGE, 5, RandomGraphs.CLASSES, seed));
  }

  @ParameterizedTest
  @CsvSource({"LENET5, true", "RESNET20, true", "RESNET20, false"})
  void shippedNetworksGiveTheSameLogitsAndCodesOfClothes(Architecture architecture, boolean all) {
    ImageShape image = new ImageShape(1, 28, 28);
    NetworkDefinition definition = architecture.define(image, 10, TestNetworks.FOUR_BITS);
    requireEqual(
        definition,
        TestNetworks.weights(definition, precision(new BinaryQuantizer(), false, !all)),
        RealImages.clothes(image, 5));
  }

  @Test
  void resNet18GivesTheSameLogitsAndCodesOfPhotographs() throws IOException {
    assumeTrue(Files.isDirectory(RealImages.PHOTOGRAPHS), "needs " + RealImages.PHOTOGRAPHS);
    ImageShape image = new ImageShape(3, 224, 224);
    NetworkDefinition definition =
        Architecture.RESNET18.define(image, 1000, TestNetworks.FOUR_BITS);
    requireEqual(
        definition,
        TestNetworks.weights(definition, precision(new BinaryQuantizer(), false, false)),
        RealImages.photographs(image, 6));
  }

  private static WeightPrecision precision(
      WeightQuantizer quantizer, boolean perChannel, boolean floatEnds) {
    return new WeightPrecision(
        Optional.of(quantizer),
        perChannel ? WeightPrecision.Granularity.CHANNEL : WeightPrecision.Granularity.LAYER,
        floatEnds ? new LayerSelection.AllButFirstAndLast() : new LayerSelection.All());
  }

  private static void requireEqual(
      NetworkDefinition definition, WeightSnapshot weights, Batch batch) {
    ExecutionGraph graph =
        GraphReader.read(definition, slice -> weights.quantized(slice).isEmpty());
    FoldedNetwork folded = Folding.of(graph, weights);
    Step step = new Step(weights, batch, false, new float[0]);
    try (Crew crew = new Crew(1);
        Plan plan =
            new Plan(
                graph,
                PlanSettings.of(weights, batch.size(), ElementType.BFLOAT16).keepingValues(),
                crew);
        InferenceNetwork inference = new InferenceNetwork(folded, THREADS)) {
      float[] probabilities = plan.classify(step, definition.classes());
      requireEqualCodes(graph, plan.thread(0), batch, inference);
      float[] logits = inference.logits(batch.pixels());
      assertThat(softmax(logits, definition.classes())).containsExactly(probabilities);
      float[] alone = inference.logits(Arrays.copyOf(batch.pixels(), batch.shape().size()));
      assertThat(alone).containsExactly(Arrays.copyOf(logits, definition.classes()));
    }
  }

  private static void requireEqualCodes(
      ExecutionGraph graph, ThreadPlan training, Batch batch, InferenceNetwork inference) {
    int staircases = 0;
    int size = batch.shape().size();
    for (int n = 0; n < batch.size(); n++) {
      float[] image = Arrays.copyOfRange(batch.pixels(), n * size, (n + 1) * size);
      Map<Integer, byte[]> codes = inference.codes(image);
      for (int i = 0; i < graph.nodes().size(); i++) {
        Value value = graph.nodes().get(i).output();
        if (value.form() instanceof Value.Codes) {
          assertThat(codes.get(i + 1))
              .as(value.name() + " of image " + n)
              .isEqualTo(codes(training, value, n));
          staircases++;
        }
      }
    }
    assertThat(codesOf(inference)).hasSize(staircases / batch.size());
  }

  private static List<Integer> codesOf(InferenceNetwork inference) {
    List<Integer> values = new ArrayList<>();
    for (int value = 1; value <= inference.network().layers().size(); value++) {
      if (inference.network().form(value) == FoldedNetwork.Form.CODES) {
        values.add(value);
      }
    }
    return values;
  }

  /** The codes that the training engine holds of one image, [H, W, channels]. */
  private static byte[] codes(ThreadPlan training, Value value, int image) {
    float[] held = HeldValues.of(training, value, image);
    byte[] codes = new byte[held.length];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = (byte) held[i];
    }
    return codes;
  }

  private static float[] softmax(float[] logits, int classes) {
    float[] probabilities = new float[logits.length];
    for (int first = 0; first < logits.length; first += classes) {
      double largest = Double.NEGATIVE_INFINITY;
      for (int k = 0; k < classes; k++) {
        largest = Math.max(largest, logits[first + k]);
      }
      double sum = 0;
      for (int k = 0; k < classes; k++) {
        sum += Math.exp(logits[first + k] - largest);
      }
      for (int k = 0; k < classes; k++) {
        probabilities[first + k] = (float) (Math.exp(logits[first + k] - largest) / sum);
      }
    }
    return probabilities;
  }
}
