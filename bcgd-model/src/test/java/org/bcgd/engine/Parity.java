// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.Predicate;
import org.bcgd.data.Batch;
import org.bcgd.network.NetworkDefinition;
import org.bcgd.network.dl4j.Deeplearning4jNetwork;
import org.bcgd.parameters.GradientSum;
import org.bcgd.parameters.ParameterRole;
import org.bcgd.parameters.ParameterSlice;
import org.bcgd.parameters.WeightSnapshot;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;

/** The engine against Deeplearning4j's execution of the same network. */
final class Parity {

  private static final double FLOAT32_TOLERANCE = 1e-5;
  private static final double BFLOAT16_TOLERANCE = 1e-2;
  // of a single slice, whose gradient may be small beside that of its neighbours
  private static final double BFLOAT16_SLICE_TOLERANCE = 5e-2;

  private final NetworkDefinition definition;
  private final WeightSnapshot weights;
  private final Batch batch;
  private final GradientSum gradient;
  private final float[] probabilities;

  Parity(NetworkDefinition definition, WeightSnapshot weights, Batch batch) {
    this.definition = definition;
    this.weights = weights;
    this.batch = batch;
    try (Deeplearning4jNetwork oracle = new Deeplearning4jNetwork(definition, 2)) {
      gradient = oracle.gradient(weights, batch);
      probabilities = oracle.classify(weights, batch);
    }
  }

  void assertFloat32() {
    GradientSum actual = run(GradientPrecision.FLOAT32);
    for (ParameterSlice slice : definition.layout().slices()) {
      if (slice.role() != ParameterRole.RESOLUTION && !isBiasBeforeNorm(slice)) {
        assertThat(distance(actual, List.of(slice))).as(slice.name()).isLessThan(FLOAT32_TOLERANCE);
      }
    }
    assertThat(distance(actual, slices(ParameterRole.RESOLUTION::equals)))
        .as("resolutions")
        .isLessThan(FLOAT32_TOLERANCE);
  }

  void assertBfloat16() {
    GradientSum actual = run(GradientPrecision.BFLOAT16);
    for (ParameterSlice slice : definition.layout().slices()) {
      if (slice.role().isRunningStatistic()) {
        assertThat(distance(actual, List.of(slice))).as(slice.name()).isLessThan(FLOAT32_TOLERANCE);
      } else if (slice.role() == ParameterRole.WEIGHT) {
        assertThat(distance(actual, List.of(slice)))
            .as(slice.name())
            .isLessThan(BFLOAT16_SLICE_TOLERANCE);
      }
    }
    assertThat(distance(actual, slices(role -> !role.isRunningStatistic())))
        .as("whole gradient")
        .isLessThan(BFLOAT16_TOLERANCE);
  }

  /** Loss, hits and probabilities are the same in both precisions: the forward pass is. */
  private GradientSum run(GradientPrecision precision) {
    EngineSettings settings = new EngineSettings(2, precision);
    try (OneDnnNetwork engine = new OneDnnNetwork(definition, settings)) {
      GradientSum actual = engine.gradient(weights, batch);
      assertThat(actual.meanLoss()).isCloseTo(gradient.meanLoss(), within(FLOAT32_TOLERANCE));
      assertThat(actual.accuracy()).isEqualTo(gradient.accuracy());
      assertThat(actual.samples()).isEqualTo(batch.size());
      assertThat(engine.classify(weights, batch))
          .containsExactly(probabilities, within((float) FLOAT32_TOLERANCE));
      return actual;
    }
  }

  private List<ParameterSlice> slices(Predicate<ParameterRole> roles) {
    return definition.layout().slices().stream().filter(s -> roles.test(s.role())).toList();
  }

  /** If so, its gradient is zero; Deeplearning4j's is what rounding leaves of it. */
  private boolean isBiasBeforeNorm(ParameterSlice slice) {
    return slice.role() == ParameterRole.BIAS && feedsNorm(slice);
  }

  private boolean feedsNorm(ParameterSlice bias) {
    String layer = bias.name().substring(0, bias.name().lastIndexOf('/'));
    ComputationGraphConfiguration graph = definition.graph();
    return graph.getVertexInputs().entrySet().stream()
        .filter(entry -> entry.getValue().contains(layer))
        .map(entry -> graph.getVertices().get(entry.getKey()))
        .anyMatch(
            vertex ->
                vertex instanceof LayerVertex layerVertex
                    && layerVertex.getLayerConf().getLayer() instanceof BatchNormalization);
  }

  /** ‖actual − expected‖ / ‖expected‖ over the slices. */
  private double distance(GradientSum actual, List<ParameterSlice> slices) {
    double difference = 0;
    double norm = Double.MIN_NORMAL;
    for (ParameterSlice slice : slices) {
      for (int i = slice.offset(); i < slice.end(); i++) {
        double expected = gradient.sums()[i];
        difference += Math.pow(actual.sums()[i] - expected, 2);
        norm += expected * expected;
      }
    }
    return Math.sqrt(difference / norm);
  }
}
