// SPDX-License-Identifier: Apache-2.0
package org.bcgd.parameters;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.bcgd.quantization.QuantizedTensor;

/**
 * The point w at which a step's gradient is taken: low-bit tensors where weights are quantized,
 * plain floats elsewhere. Immutable; the arrays inside are owned by it.
 */
public final class WeightSnapshot {

  private final ParameterLayout layout;
  private final List<Optional<QuantizedTensor>> quantized; // one for each slice of the layout
  private final float[][] floats; // [slices], the values of slices that are not quantized
  private float[] values; // [layout.size()], once they were asked for

  /**
   * @param layout the map of {@code floats}
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
    this.floats = new float[quantized.size()][];
    for (int i = 0; i < quantized.size(); i++) {
      ParameterSlice slice = layout.slices().get(i);
      this.floats[i] =
          quantized.get(i).isPresent()
              ? new float[0]
              : Arrays.copyOfRange(floats, slice.offset(), slice.end());
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
    double changed = 0;
    long count = 0;
    for (int i = 0; i < floats.length; i++) {
      if (isQuantizedInBoth(other, i)) {
        changed += changed(other, i);
        count += quantized.get(i).orElseThrow().length();
      }
    }
    return count == 0 ? 0 : changed / count;
  }

  /** The same share for slice {@code index} alone; empty if it is not quantized in both. */
  public OptionalDouble changedLevels(WeightSnapshot other, int index) {
    return isQuantizedInBoth(other, index)
        ? OptionalDouble.of(changed(other, index) / quantized.get(index).orElseThrow().length())
        : OptionalDouble.empty();
  }

  private boolean isQuantizedInBoth(WeightSnapshot other, int index) {
    return quantized.get(index).isPresent() && other.quantized.get(index).isPresent();
  }

  private double changed(WeightSnapshot other, int index) {
    return quantized
        .get(index)
        .orElseThrow()
        .changedLevels(other.quantized.get(index).orElseThrow());
  }

  /** The values of slice {@code index}, which is not quantized; not to be changed. */
  public float[] floats(int index) {
    return floats[index];
  }

  /** All values in float32, [layout.size()]; not to be changed. Made when first asked for. */
  public synchronized float[] values() {
    if (values == null) {
      values = new float[layout.size()];
      for (int i = 0; i < floats.length; i++) {
        int offset = layout.slices().get(i).offset();
        System.arraycopy(floats[i], 0, values, offset, floats[i].length);
        quantized.get(i).ifPresent(tensor -> tensor.writeTo(values, offset));
      }
    }
    return values;
  }
}
