// SPDX-License-Identifier: Apache-2.0
package org.bcgd.parameters.uplink;

/** In which numbers gradients travel from executors to the driver. */
public enum UplinkPrecision {
  /** Every bit of the gradient; 4 bytes a value. */
  FLOAT32,
  /** Rounded once to 8 bits of fraction, to nearest, ties to even; 2 bytes a value. */
  BFLOAT16,
  /** Weights' gradients rounded at random to 8 bits, without bias; about 1 byte a value. */
  INT8
}
