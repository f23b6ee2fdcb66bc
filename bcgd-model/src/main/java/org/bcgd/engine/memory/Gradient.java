// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.memory;

import java.util.function.DoubleSupplier;
import org.bcgd.engine.onednn.Tensor;

/**
 * What one consumer of a value says of ∂ℓ/∂value.
 *
 * @param factor what the tensor is multiplied with; known when the step runs
 */
public record Gradient(Tensor tensor, DoubleSupplier factor) {

  public static Gradient of(Tensor tensor) {
    return new Gradient(tensor, () -> 1);
  }
}
