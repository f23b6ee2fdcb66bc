// SPDX-License-Identifier: Apache-2.0
package org.bcgd.export;

/** In what numbers an ONNX model computes. Both give the same codes. */
public enum OnnxDialect {
  /** Unsigned bytes times signed bytes into int32: QLinearConv, and ConvInteger where it must. */
  INTEGER,
  /** Codes and levels as float32, whose sums are exact as long as they stay below 2²⁴. */
  FLOAT
}
