// SPDX-License-Identifier: Apache-2.0
package org.bcgd.theory.statement;

/**
 * A line of a figure.
 *
 * @param name of the line
 * @param x [points], ascending
 * @param y [points]
 */
public record Curve(String name, double[] x, double[] y) {

  public Curve {
    if (x.length != y.length || x.length == 0) {
      throw new IllegalArgumentException(name + " has " + x.length + " x and " + y.length + " y");
    }
  }
}
