// SPDX-License-Identifier: Apache-2.0
package org.bcgd.parameters.uplink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.bcgd.parallel.FixedChunks;
import org.bcgd.randomness.RandomKey;
import org.bcgd.vector.LittleEndian;

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
    // Chunk by chunk, so that a chunk of the sums stays in the cache from the first shard to the
    // last.
    FixedChunks.forEach(
        0,
        sums.length,
        (first, end) -> shards.forEach(shard -> LittleEndian.add(shard, sums, first, end)));
    return sums;
  }
}
