// SPDX-License-Identifier: Apache-2.0
package org.bcgd.theory;

import org.apache.commons.math3.linear.RealVector;

/**
 * A point of the two-linear-layer network.
 *
 * @param outputs v, [m]
 * @param filter w, [n], not zero
 */
public record Student(RealVector outputs, RealVector filter) {

  public Student {
    if (!(filter.getNorm() > 0)) {
      throw new IllegalArgumentException("a filter of zeros has no direction");
    }
  }

  /** The point after a step of length −rate along two gradients. */
  public Student step(double rate, RealVector byOutputs, RealVector byFilter) {
    return new Student(outputs.combine(1, -rate, byOutputs), filter.combine(1, -rate, byFilter));
  }

  /** The same function with ‖w‖ = 1. */
  public Student normalised() {
    return new Student(outputs, filter.unitVector());
  }
}
