// SPDX-License-Identifier: Apache-2.0
package org.bcgd.network;

import java.io.Serializable;
import org.bcgd.quantization.ActivationQuantizer;

/**
 * How the resolution α of a quantized activation starts, given the values x that enter it in a
 * first minibatch. L is the number of positive levels.
 */
public sealed interface ResolutionStart extends Serializable {

  /** Whether the start looks at the values; if so, at least one must be positive. */
  default boolean needsPositiveValues() {
    return true;
  }

  /**
   * The resolution for {@code values}.
   *
   * @throws IllegalArgumentException if no value is positive where one is needed
   */
  float resolution(float[] values, ActivationQuantizer quantizer);

  /**
   * The step with the least squared error on the values.
   *
   * <pre>
   *   α = argmin Σ over x > 0 of (x − σ(x, α))²
   * </pre>
   */
  record MeanSquareOptimal() implements ResolutionStart {
    @Override
    public float resolution(float[] values, ActivationQuantizer quantizer) {
      return new StaircaseFit(values, quantizer).bestResolution();
    }
  }

  /** The staircase ends at half the largest value: Lα = max x / 2. */
  record HalfMaximum() implements ResolutionStart {
    @Override
    public float resolution(float[] values, ActivationQuantizer quantizer) {
      return largest(values) / (2 * quantizer.levels());
    }
  }

  /** The staircase ends at the largest magnitude: Lα = max |x|. */
  record Maximum() implements ResolutionStart {
    @Override
    public float resolution(float[] values, ActivationQuantizer quantizer) {
      float magnitude = largest(values);
      for (float value : values) {
        magnitude = Math.max(magnitude, -value);
      }
      return magnitude / quantizer.levels();
    }
  }

  /**
   * The same in every place.
   *
   * @param value α, positive
   */
  record Fixed(float value) implements ResolutionStart {
    public Fixed {
      if (!(value > 0) || Float.isInfinite(value)) {
        throw new IllegalArgumentException("a resolution of " + value + "; it must be positive");
      }
    }

    @Override
    public boolean needsPositiveValues() {
      return false;
    }

    @Override
    public float resolution(float[] values, ActivationQuantizer quantizer) {
      return value;
    }
  }

  private static float largest(float[] values) {
    float largest = 0;
    for (float value : values) {
      largest = Math.max(largest, value);
    }
    if (largest == 0) {
      throw new IllegalArgumentException("no positive value to fit a resolution to");
    }
    return largest;
  }
}
