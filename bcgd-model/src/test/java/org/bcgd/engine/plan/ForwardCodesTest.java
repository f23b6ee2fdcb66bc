// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.bcgd.data.Batch;
import org.bcgd.data.ImageShape;
import org.bcgd.engine.TestNetworks;
import org.bcgd.engine.crew.Crew;
import org.bcgd.engine.graph.ExecutionGraph;
import org.bcgd.engine.graph.GraphReader;
import org.bcgd.engine.graph.Node;
import org.bcgd.engine.graph.Shape;
import org.bcgd.engine.graph.Value;
import org.bcgd.engine.onednn.ElementType;
import org.bcgd.engine.step.Step;
import org.bcgd.network.NetworkDefinition;
import org.bcgd.network.architecture.Architecture;
import org.bcgd.network.layer.RowMajor;
import org.bcgd.parameters.LayerSelection;
import org.bcgd.parameters.ParameterLayout;
import org.bcgd.parameters.ParameterSlice;
import org.bcgd.parameters.WeightPrecision;
import org.bcgd.parameters.WeightSnapshot;
import org.bcgd.quantization.BinaryQuantizer;
import org.bcgd.randomness.RandomKey;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Codes against those of Deeplearning4j, layer by layer, all equal. Pixels, scales, resolutions and
 * the parameters of norms are multiples of powers of two, so that float32 rounds nothing on either
 * side, and values that lie exactly on the edge of a step do so on both.
 */
class ForwardCodesTest {

  /** A variance whose sum with DL4J's ε of 1e-5 is 1 in float32. */
  private static final float UNIT_VARIANCE = 0.99999f;

  @ParameterizedTest
  @CsvSource({"RESNET20, 16", "RESNET44, 16", "LENET5, 28", "RESNET18, 32"})
  void everyCodeIsThatOfDeeplearning4j(Architecture architecture, int side) {
    ImageShape image = new ImageShape(3, side, side);
    NetworkDefinition definition = architecture.define(image, 10, TestNetworks.FOUR_BITS);
    WeightSnapshot weights = dyadic(definition);
    Batch batch = dyadic(TestNetworks.batch(image, 2, 10, 1));
    ExecutionGraph graph =
        GraphReader.read(definition, slice -> weights.quantized(slice).isEmpty());
    ComputationGraph oracle = new ComputationGraph(definition.graph());
    try (Crew crew = new Crew(1);
        Plan plan =
            new Plan(
                graph,
                PlanSettings.of(weights, batch.size(), ElementType.BFLOAT16).keepingValues(),
                crew);
        INDArray parameters = Nd4j.create(DataType.FLOAT, 1, definition.layout().size());
        INDArray pixels =
            Nd4j.create(batch.pixels(), new long[] {batch.size(), 3, side, side}, 'c')) {
      RowMajor.values(parameters).put(weights.values());
      oracle.init(parameters, false);
      Map<String, INDArray> expected = oracle.feedForward(pixels, false);
      plan.classify(new Step(weights, batch, false, new float[0]), 10);
      requireEqual(graph, plan.thread(0), weights, expected, batch.size());
    } finally {
      oracle.close();
    }
  }

  private static void requireEqual(
      ExecutionGraph graph,
      ThreadPlan plan,
      WeightSnapshot weights,
      Map<String, INDArray> expected,
      int images) {
    int layers = 0;
    TreeSet<Float> codes = new TreeSet<>();
    for (Node node : graph.nodes()) {
      if (node.output().form() instanceof Value.Codes form) {
        float resolution = weights.floats(form.resolution())[0];
        float[] values = values(plan, node.output(), images);
        for (int i = 0; i < values.length; i++) {
          codes.add(values[i]);
          values[i] *= resolution;
        }
        assertThat(values)
            .as(node.output().name())
            .containsExactly(RowMajor.copy(expected.get(node.output().name())));
        layers++;
      }
    }
    assertThat(layers).isGreaterThan(3);
    assertThat(codes).hasSize(16);
  }

  /** What the engine holds of a value, [images, channels, H, W]. */
  private static float[] values(ThreadPlan plan, Value value, int images) {
    Shape shape = value.shape();
    float[] values = new float[images * shape.channels() * shape.pixels()];
    for (int n = 0; n < images; n++) {
      float[] held = HeldValues.of(plan, value, n);
      for (int c = 0; c < shape.channels(); c++) {
        for (int p = 0; p < shape.pixels(); p++) {
          values[(n * shape.channels() + c) * shape.pixels() + p] = held[p * shape.channels() + c];
        }
      }
    }
    return values;
  }

  private static Batch dyadic(Batch batch) {
    float[] pixels = new float[batch.pixels().length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = Math.round(batch.pixels()[i] * 8) / 8f;
    }
    return new Batch(batch.shape(), pixels, batch.labels());
  }

  private static WeightSnapshot dyadic(NetworkDefinition definition) {
    ParameterLayout layout = definition.layout();
    float[] values = new float[layout.size()];
    RandomGenerator random = RandomKey.of(11).generator();
    for (ParameterSlice slice : layout.slices()) {
      int inputs = slice.length() / slice.outputs();
      float scale = (float) Math.scalb(1.0, -Math.getExponent(Math.sqrt(inputs)));
      for (int i = slice.offset(); i < slice.end(); i++) {
        values[i] =
            switch (slice.role()) {
              case WEIGHT -> random.nextBoolean() ? scale : -scale;
              case RESOLUTION -> 0.25f;
              case NORM_SCALE -> random.nextBoolean() ? 0.5f : 1;
              case RUNNING_VARIANCE -> UNIT_VARIANCE;
              case NORM_SHIFT, RUNNING_MEAN, BIAS -> (random.nextInt(17) - 8) / 16f;
            };
      }
    }
    return TestNetworks.project(
        layout,
        new WeightPrecision(
            Optional.of(new BinaryQuantizer()),
            WeightPrecision.Granularity.LAYER,
            new LayerSelection.All()),
        values);
  }
}
