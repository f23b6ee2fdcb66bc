// SPDX-License-Identifier: Apache-2.0
package org.bcgd.parameters.uplink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.bcgd.randomness.RandomKey;

/**
 * Every bit of each value, little-endian; added up in float32.
 *
 * @param values of a whole vector
 */
public record Float32Encoding(int values) implements GradientEncoding {

  @Override
  public long bytes() {
    return (long) values * Float.BYTES;
  }

  @Override
  public byte[] encode(float[] vector, int from, int to, RandomKey key) {
    ByteBuffer out =
        ByteBuffer.allocate(Math.multiplyExact(to - from, Float.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    out.asFloatBuffer().put(vector, from, to - from);
    return out.array();
  }

  @Override
  public float[] sum(List<byte[]> shards, int from, int to) {
    float[] sums = new float[to - from];
    float[] values = new float[to - from];
    for (byte[] shard : shards) {
      // Copied out at once and added from an array: several times faster than value by value.
      ByteBuffer.wrap(shard).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
      for (int i = 0; i < sums.length; i++) {
        sums[i] += values[i];
      }
    }
    return sums;
  }
}
