// SPDX-License-Identifier: Apache-2.0
package org.bcgd.parameters.uplink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.util.List;
import org.bcgd.randomness.RandomKey;

/**
 * Each value rounded once to bfloat16, to nearest, ties to even, little-endian; added up in
 * float32.
 *
 * @param values of a whole vector
 */
public record Bfloat16Encoding(int values) implements GradientEncoding {

  @Override
  public long bytes() {
    return (long) values * Short.BYTES;
  }

  @Override
  public byte[] encode(float[] vector, int from, int to, RandomKey key) {
    ByteBuffer out =
        ByteBuffer.allocate(Math.multiplyExact(to - from, Short.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    ShortBuffer halves = out.asShortBuffer();
    for (int i = from; i < to; i++) {
      halves.put(rounded(vector[i]));
    }
    return out.array();
  }

  @Override
  public float[] sum(List<byte[]> shards, int from, int to) {
    float[] sums = new float[to - from];
    for (byte[] shard : shards) {
      ShortBuffer in = ByteBuffer.wrap(shard).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
      for (int i = 0; i < sums.length; i++) {
        sums[i] += Float.intBitsToFloat(in.get(i) << 16);
      }
    }
    return sums;
  }

  private static short rounded(float value) {
    int bits = Float.floatToRawIntBits(value);
    // Half of the last kept bit, less one where that bit is even: ties go to even.
    int rounded = bits + 0x7FFF + (bits >>> 16 & 1);
    // Rounding up could turn a NaN of few set bits into infinity.
    return (short) ((Float.isNaN(value) ? bits | 0x400000 : rounded) >>> 16);
  }
}
