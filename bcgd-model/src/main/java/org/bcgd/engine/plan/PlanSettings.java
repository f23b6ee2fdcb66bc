// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.plan;

import java.util.List;
import java.util.stream.IntStream;
import org.bcgd.engine.onednn.ElementType;
import org.bcgd.parameters.WeightSnapshot;
import org.bcgd.quantization.QuantizedTensor;

/**
 * What a plan is compiled for.
 *
 * @param batch images
 * @param codes what codes and their gradients are held in
 * @param largestLevels magnitude of the largest level of each slice, 0 where it is not quantized
 * @param keepsValues whether what the forward pass gives stays in memory until the next step, for
 *     it to be read
 */
public record PlanSettings(
    int batch, ElementType codes, List<Integer> largestLevels, boolean keepsValues) {

  public PlanSettings {
    largestLevels = List.copyOf(largestLevels);
  }

  /** For weights of the kind of {@code weights}. */
  public static PlanSettings of(WeightSnapshot weights, int batch, ElementType codes) {
    List<Integer> levels =
        IntStream.range(0, weights.layout().slices().size())
            .mapToObj(slice -> weights.quantized(slice).map(PlanSettings::largestLevel).orElse(0))
            .toList();
    return new PlanSettings(batch, codes, levels, false);
  }

  private static int largestLevel(QuantizedTensor tensor) {
    return Math.max(1, (1 << (tensor.bits() - 1)) - 1);
  }

  /** The same, with values that stay. */
  public PlanSettings keepingValues() {
    return new PlanSettings(batch, codes, largestLevels, true);
  }

  public boolean isQuantized(int slice) {
    return largestLevels.get(slice) > 0;
  }
}
