// SPDX-License-Identifier: Apache-2.0
package org.bcgd.theory;

import org.apache.commons.math3.linear.RealVector;

/**
 * How a student lies to its teacher.
 *
 * @param length ‖w‖
 * @param direction ŵ = w/‖w‖
 * @param angle θ, between w and w*, 0..π; exact to rounding near both ends
 * @param towards e, the unit vector across w towards w*; zero where θ is 0 or π
 * @param agreement a = vᵀv*
 */
public record Alignment(
    double length, RealVector direction, double angle, RealVector towards, double agreement) {

  static Alignment of(Teacher teacher, Student student) {
    RealVector direction = student.filter().unitVector();
    RealVector target = teacher.filter();
    double angle = 2 * Math.atan2(direction.getDistance(target), direction.add(target).getNorm());
    RealVector across = target.subtract(direction.mapMultiply(target.dotProduct(direction)));
    double norm = across.getNorm();
    return new Alignment(
        student.filter().getNorm(),
        direction,
        angle,
        norm == 0 ? across : across.mapDivide(norm),
        student.outputs().dotProduct(teacher.outputs()));
  }

  /** c = 1 − 2θ/π. */
  public double closeness() {
    return 1 - 2 * angle / Math.PI;
  }
}
