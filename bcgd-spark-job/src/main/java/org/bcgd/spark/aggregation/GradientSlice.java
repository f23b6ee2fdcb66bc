// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.aggregation;

import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import org.bcgd.parameters.GradientSum;
import org.bcgd.parameters.uplink.GradientEncoding;
import org.bcgd.randomness.RandomKey;

/**
 * A part of a shard's gradient on its way, with the shard's figures. A final class of plain fields,
 * because it crosses the Spark wire.
 */
final class GradientSlice implements Serializable {

  private static final long serialVersionUID = 1;

  private final ShardFigures figures;
  private final int from;
  private final int to;
  private final byte[] payload;

  private GradientSlice(ShardFigures figures, int from, int to, byte[] payload) {
    this.figures = figures;
    this.from = from;
    this.to = to;
    this.payload = payload;
  }

  /**
   * A gradient in so many slices of almost equal length.
   *
   * <pre>
   *   slice s = values ⌊s·n/S⌋ .. ⌊(s + 1)·n/S⌋ − 1
   * </pre>
   *
   * @param key of the shard in a step
   */
  static List<GradientSlice> cut(
      GradientSum gradient,
      ShardFigures figures,
      GradientEncoding encoding,
      int slices,
      RandomKey key) {
    GradientSlice[] cut = new GradientSlice[slices];
    for (int s = 0; s < slices; s++) {
      int from = (int) ((long) s * encoding.values() / slices);
      int to = (int) ((s + 1L) * encoding.values() / slices);
      byte[] payload = encoding.encode(gradient.sums(), from, to, key);
      cut[s] = new GradientSlice(figures, from, to, payload);
    }
    return List.of(cut);
  }

  /** The sum of the same part of every shard, added in shard order. */
  static float[] sum(List<GradientSlice> slices, GradientEncoding encoding) {
    GradientSlice any = slices.get(0);
    List<byte[]> inOrder =
        slices.stream()
            .sorted(Comparator.comparingInt(slice -> slice.figures.shard()))
            .map(slice -> slice.payload)
            .toList();
    return encoding.sum(inOrder, any.from, any.to);
  }

  ShardFigures figures() {
    return figures;
  }
}
