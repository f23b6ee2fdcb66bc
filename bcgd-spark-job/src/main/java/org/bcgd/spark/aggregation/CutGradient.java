// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.aggregation;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.Function2;
import scala.Tuple2;

/**
 * A shard's gradient in slices, by slice number.
 *
 * @param encode computes and cuts it
 */
record CutGradient<T>(EncodeGradient<T> encode)
    implements Function2<Integer, Iterator<T>, Iterator<Tuple2<Integer, GradientSlice>>>,
        Serializable {

  @Override
  public Iterator<Tuple2<Integer, GradientSlice>> call(Integer shard, Iterator<T> partition) {
    List<GradientSlice> cut = encode.slices(shard, partition);
    return IntStream.range(0, cut.size()).mapToObj(s -> new Tuple2<>(s, cut.get(s))).iterator();
  }
}
