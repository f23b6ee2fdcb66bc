// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine;

import org.bcgd.engine.onednn.ElementType;
import org.bcgd.engine.onednn.OneDnn;

/**
 * In what the engine holds codes and the gradients that pass between layers. Codes are exact in
 * both, sums are float32 in both.
 */
public enum GradientPrecision {
  /** Gradients as exact as float32 is. */
  FLOAT32(ElementType.FLOAT32),
  /** Gradients rounded to 8 significant bits; fast where the CPU multiplies bfloat16. */
  BFLOAT16(ElementType.BFLOAT16);

  private final ElementType type;

  /**
   * The faster one on this machine: bfloat16 where the CPU has instructions for it (AVX512-BF16 or
   * AMX), else float32.
   *
   * @throws org.bcgd.failure.SettingsException if the native library cannot be loaded
   */
  public static GradientPrecision fastest() {
    return OneDnn.multipliesBfloat16() ? BFLOAT16 : FLOAT32;
  }

  GradientPrecision(ElementType type) {
    this.type = type;
  }

  ElementType type() {
    return type;
  }
}
