// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.aggregation;

import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.Function2;
import org.bcgd.parameters.GradientSum;
import org.bcgd.parameters.UplinkPrecision;

/** A shard's gradient as one slice. */
final class EncodeGradient
    implements Function2<Integer, Iterator<GradientSum>, Iterator<GradientSlice>> {

  private static final long serialVersionUID = 1;

  private final UplinkPrecision precision;

  EncodeGradient(UplinkPrecision precision) {
    this.precision = precision;
  }

  @Override
  public Iterator<GradientSlice> call(Integer shard, Iterator<GradientSum> gradients) {
    GradientSum gradient = gradients.next();
    ShardFigures figures = new ShardFigures(shard, gradient);
    return List.of(GradientSlice.of(gradient, figures, precision, 0, gradient.sums().length))
        .iterator();
  }
}
