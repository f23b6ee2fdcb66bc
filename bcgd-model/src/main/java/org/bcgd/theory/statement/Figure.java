// SPDX-License-Identifier: Apache-2.0
package org.bcgd.theory.statement;

import java.util.List;

/**
 * Lines that belong in one picture.
 *
 * @param name of its file, without ending
 * @param title of the picture
 * @param x what is along it, with unit
 * @param y what is up it, with unit
 * @param curves its lines
 */
public record Figure(String name, String title, String x, String y, List<Curve> curves) {

  public Figure {
    curves = List.copyOf(curves);
  }
}
