// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.bcgd.data.Batch;
import org.bcgd.data.ImageShape;
import org.bcgd.network.InitialWeights;
import org.bcgd.network.NetworkDefinition;
import org.bcgd.network.architecture.NetworkActivation;
import org.bcgd.parameters.ParameterLayout;
import org.bcgd.parameters.ParameterRole;
import org.bcgd.parameters.ParameterSlice;
import org.bcgd.parameters.WeightPrecision;
import org.bcgd.parameters.WeightSnapshot;
import org.bcgd.quantization.ActivationQuantizer;
import org.bcgd.quantization.CoarseDerivative;
import org.bcgd.quantization.QuantizedTensor;
import org.bcgd.quantization.ResolutionDerivative;
import org.bcgd.quantization.Rounding;
import org.bcgd.randomness.RandomKey;

/** Weights, batches and activations for the tests of the engine. */
public final class TestNetworks {

  public static final NetworkActivation FOUR_BITS =
      new NetworkActivation.Quantized(
          new ActivationQuantizer(4, Rounding.UP),
          CoarseDerivative.CLIPPED_RELU,
          ResolutionDerivative.THREE_VALUED);

  private TestNetworks() {}

  /** Drawn weights, their norms a little off 1 and 0, projected as {@code precision} says. */
  public static WeightSnapshot weights(NetworkDefinition definition, WeightPrecision precision) {
    ParameterLayout layout = definition.layout();
    float[] values = InitialWeights.draw(layout, 5);
    RandomGenerator random = RandomKey.of(17).generator();
    for (ParameterSlice slice : layout.slices()) {
      if (slice.role() != ParameterRole.WEIGHT) {
        for (int i = slice.offset(); i < slice.end(); i++) {
          values[i] += 0.3f * (random.nextFloat() - 0.5f);
        }
      }
      if (slice.role() == ParameterRole.RESOLUTION) {
        values[slice.offset()] *= 0.2f;
      }
    }
    return project(layout, precision, values);
  }

  public static WeightSnapshot project(
      ParameterLayout layout, WeightPrecision precision, float[] values) {
    Set<ParameterSlice> quantized = precision.quantizedSlices(layout);
    List<Optional<QuantizedTensor>> tensors = new ArrayList<>();
    for (ParameterSlice slice : layout.slices()) {
      tensors.add(
          quantized.contains(slice)
              ? Optional.of(
                  QuantizedTensor.project(
                      precision.quantizer().orElseThrow(),
                      values,
                      slice.offset(),
                      slice.length(),
                      precision.scales(slice)))
              : Optional.empty());
    }
    return new WeightSnapshot(layout, tensors, values);
  }

  /** Normal pixels and uniform labels. */
  public static Batch batch(ImageShape image, int size, int classes, long seed) {
    RandomGenerator random = RandomKey.of(seed).generator();
    float[] pixels = new float[size * image.size()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) random.nextGaussian();
    }
    int[] labels = new int[size];
    for (int n = 0; n < size; n++) {
      labels[n] = random.nextInt(classes);
    }
    return new Batch(image, pixels, labels);
  }
}
