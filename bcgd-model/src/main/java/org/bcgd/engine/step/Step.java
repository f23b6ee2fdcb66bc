// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.step;

import java.util.Optional;
import java.util.OptionalInt;
import org.bcgd.data.Batch;
import org.bcgd.parameters.ParameterSlice;
import org.bcgd.parameters.WeightSnapshot;
import org.bcgd.quantization.QuantizedTensor;

/**
 * What the operations of one pass through a network share.
 *
 * @param training whether batch norms use the batch's statistics
 * @param sums where gradients and statistics go, [layout.size()]
 */
public record Step(WeightSnapshot weights, Batch batch, boolean training, float[] sums) {

  public ParameterSlice slice(int index) {
    return weights.layout().slices().get(index);
  }

  public Optional<QuantizedTensor> quantized(int index) {
    return weights.quantized(index);
  }

  /** Value {@code i} of a slice that is not quantized. */
  public float value(int slice, int i) {
    return weights.floats(slice)[i];
  }

  /** Value {@code i} of a slice, or {@code otherwise} if the network has none. */
  public double value(OptionalInt slice, int i, double otherwise) {
    return slice.isPresent() ? value(slice.getAsInt(), i) : otherwise;
  }

  /** Writes the sum of value {@code i} of a slice. */
  public void sum(int slice, int i, double sum) {
    sums[slice(slice).offset() + i] = (float) sum;
  }

  public void sum(OptionalInt slice, int i, double sum) {
    if (slice.isPresent()) {
      sum(slice.getAsInt(), i, sum);
    }
  }
}
