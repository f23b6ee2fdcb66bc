// SPDX-License-Identifier: Apache-2.0
package org.bcgd.parameters;

import java.util.List;
import java.util.Optional;
import org.bcgd.quantization.QuantizedTensor;

/**
 * The point w at which a step's gradient is taken: low-bit tensors where weights are quantized,
 * plain floats elsewhere. Immutable; the arrays inside are owned by it.
 */
public final class WeightSnapshot {

  private final ParameterLayout layout;
  private final List<Optional<QuantizedTensor>> quantized; // one for each slice of the layout
  private final float[] values; // [layout.size()], every slice in float32

  /**
   * @param layout the map of {@code values}
   * @param quantized for each slice its low-bit tensor, or empty where it stays float
   * @param floats [layout.size()]; copied; read only where the slice is not quantized
   */
  public WeightSnapshot(
      ParameterLayout layout, List<Optional<QuantizedTensor>> quantized, float[] floats) {
    if (quantized.size() != layout.slices().size() || floats.length != layout.size()) {
      throw new IllegalArgumentException(
          quantized.size()
              + " tensors and "
              + floats.length
              + " values for a layout of "
              + layout.slices().size()
              + " slices and "
              + layout.size()
              + " values");
    }
    this.layout = layout;
    this.quantized = List.copyOf(quantized);
    this.values = floats.clone();
    for (int i = 0; i < quantized.size(); i++) {
      int offset = layout.slices().get(i).offset();
      this.quantized.get(i).ifPresent(tensor -> tensor.writeTo(values, offset));
    }
  }

  public ParameterLayout layout() {
    return layout;
  }

  /** The low-bit tensor of slice {@code index} of the layout, if it is quantized. */
  public Optional<QuantizedTensor> quantized(int index) {
    return quantized.get(index);
  }

  /**
   * Share of the quantized weights whose level differs from that in {@code other}, 0..1; for binary
   * weights the share of sign flips. 0 if nothing is quantized in both.
   */
  public double changedLevels(WeightSnapshot other) {
    long changed = 0;
    long count = 0;
    for (int i = 0; i < quantized.size(); i++) {
      if (quantized.get(i).isPresent() && other.quantized.get(i).isPresent()) {
        byte[] mine = quantized.get(i).get().levels();
        byte[] theirs = other.quantized.get(i).get().levels();
        count += mine.length;
        for (int k = 0; k < mine.length; k++) {
          changed += mine[k] == theirs[k] ? 0 : 1;
        }
      }
    }
    return count == 0 ? 0 : (double) changed / count;
  }

  /** All values in float32, [layout.size()]; not to be changed. */
  public float[] values() {
    return values;
  }
}
