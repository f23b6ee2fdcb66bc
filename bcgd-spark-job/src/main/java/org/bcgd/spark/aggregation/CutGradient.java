// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.aggregation;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.Function2;
import org.bcgd.parameters.GradientSum;
import org.bcgd.parameters.UplinkPrecision;
import scala.Tuple2;

/**
 * A shard's gradient in S slices of almost equal length, by slice number.
 *
 * <pre>
 *   slice s = values ⌊s·n/S⌋ .. ⌊(s + 1)·n/S⌋ − 1
 * </pre>
 */
final class CutGradient
    implements Function2<Integer, Iterator<GradientSum>, Iterator<Tuple2<Integer, GradientSlice>>> {

  private static final long serialVersionUID = 1;

  private final UplinkPrecision precision;
  private final int slices;

  CutGradient(UplinkPrecision precision, int slices) {
    this.precision = precision;
    this.slices = slices;
  }

  @Override
  public Iterator<Tuple2<Integer, GradientSlice>> call(
      Integer shard, Iterator<GradientSum> gradients) {
    GradientSum gradient = gradients.next();
    ShardFigures figures = new ShardFigures(shard, gradient);
    long length = gradient.sums().length;
    List<Tuple2<Integer, GradientSlice>> cut = new ArrayList<>();
    for (int s = 0; s < slices; s++) {
      int from = (int) (s * length / slices);
      int to = (int) ((s + 1) * length / slices);
      cut.add(new Tuple2<>(s, GradientSlice.of(gradient, figures, precision, from, to)));
    }
    return cut.iterator();
  }
}
