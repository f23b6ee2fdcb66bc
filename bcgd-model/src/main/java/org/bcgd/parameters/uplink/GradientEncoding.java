// SPDX-License-Identifier: Apache-2.0
package org.bcgd.parameters.uplink;

import java.io.Serializable;
import java.util.List;
import org.bcgd.parameters.ParameterLayout;
import org.bcgd.randomness.RandomKey;

/**
 * How the values of a shard become bytes, and how the bytes of all shards become a sum. Any part of
 * the values can be taken by itself and gives the same bits as the whole.
 */
public sealed interface GradientEncoding extends Serializable
    permits Float32Encoding, Bfloat16Encoding, Int8Encoding {

  /** The encoding of vectors of this layout. */
  static GradientEncoding of(UplinkPrecision precision, ParameterLayout layout) {
    return switch (precision) {
      case FLOAT32 -> new Float32Encoding(layout.size());
      case BFLOAT16 -> new Bfloat16Encoding(layout.size());
      case INT8 -> new Int8Encoding(layout);
    };
  }

  /** Number of values of a whole vector. */
  int values();

  /** Bytes of a whole vector. */
  long bytes();

  /**
   * The values from..to−1 as they travel.
   *
   * @param values the whole vector, [values()]
   * @param key of what is drawn; names the seed, the step and the shard
   */
  byte[] encode(float[] values, int from, int to, RandomKey key);

  /** The sum of the values from..to−1 of all shards, in shard order, [to − from]. */
  float[] sum(List<byte[]> shards, int from, int to);
}
