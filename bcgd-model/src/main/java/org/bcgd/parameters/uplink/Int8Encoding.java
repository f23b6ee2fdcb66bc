// SPDX-License-Identifier: Apache-2.0
package org.bcgd.parameters.uplink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bcgd.parameters.ParameterLayout;
import org.bcgd.parameters.ParameterRole;
import org.bcgd.parameters.ParameterSlice;
import org.bcgd.randomness.RandomKey;

/**
 * Gradients of weights rounded at random to whole multiples of a power of two, without bias.
 *
 * <pre>
 *   s = 2ᵉ, the least with max |gᵢ| ≤ 127·s        over a block of up to 512 weights of one layer
 *   q = ⌊gᵢ/s + u⌋                                 u uniform in 0..1, so that E[s·q] = gᵢ
 *   Σ_p s_p·q_p                                    exact: whole multiples of the least s_p
 * </pre>
 *
 * <p>u is drawn by (seed, step, shard, i). Scales need not be agreed between shards, which would
 * cost a stage of its own: multiples of powers of two add up in whole numbers whatever the powers
 * are. Doubles hold these numbers exactly as long as the scales of one block lie within 2⁴⁰ of each
 * other; then no order of the shards could change a bit. All other parameters, few and of other
 * magnitudes, travel in float32.
 *
 * <p>Bytes: for each block its exponent as int16 and a byte for each value; for the rest float32;
 * little-endian, in the order of the layout.
 *
 * @see <a href="https://arxiv.org/abs/1610.02132">Alistarh et al. 2017</a>, QSGD
 */
public final class Int8Encoding implements GradientEncoding {

  private static final long serialVersionUID = 1;
  private static final int BLOCK = 512;
  private static final int LARGEST = 127;

  private final int[] starts; // [blocks + 1]; block k holds the values starts[k]..starts[k + 1]−1
  private final boolean[] rounded; // [blocks]; others travel in float32

  Int8Encoding(ParameterLayout layout) {
    List<Integer> ends = new ArrayList<>();
    List<Boolean> kinds = new ArrayList<>();
    for (ParameterSlice slice : layout.slices()) {
      boolean weights = slice.role() == ParameterRole.WEIGHT;
      int step = weights ? BLOCK : slice.length();
      for (int from = slice.offset(); from < slice.end(); from += step) {
        ends.add(Math.min(from + step, slice.end()));
        kinds.add(weights);
      }
    }
    starts = new int[ends.size() + 1];
    rounded = new boolean[ends.size()];
    for (int k = 0; k < rounded.length; k++) {
      starts[k + 1] = ends.get(k);
      rounded[k] = kinds.get(k);
    }
  }

  @Override
  public int values() {
    return starts[rounded.length];
  }

  @Override
  public long bytes() {
    return bytes(0, values());
  }

  @Override
  public byte[] encode(float[] values, int from, int to, RandomKey key) {
    ByteBuffer out =
        ByteBuffer.allocate(Math.toIntExact(bytes(from, to))).order(ByteOrder.LITTLE_ENDIAN);
    for (int k = blockOf(from); k < rounded.length && starts[k] < to; k++) {
      int first = Math.max(from, starts[k]);
      int end = Math.min(to, starts[k + 1]);
      if (rounded[k]) {
        // The scale is that of the whole block, wherever the part begins and ends.
        int exponent = exponent(values, starts[k], starts[k + 1]);
        out.putShort((short) exponent);
        round(values, first, end, exponent, key, out);
      } else {
        for (int i = first; i < end; i++) {
          out.putFloat(values[i]);
        }
      }
    }
    return out.array();
  }

  @Override
  public float[] sum(List<byte[]> shards, int from, int to) {
    List<ByteBuffer> in =
        shards.stream().map(b -> ByteBuffer.wrap(b).order(ByteOrder.LITTLE_ENDIAN)).toList();
    float[] sums = new float[to - from];
    double[] exact = new double[BLOCK];
    for (int k = blockOf(from); k < rounded.length && starts[k] < to; k++) {
      int first = Math.max(from, starts[k]);
      int count = Math.min(to, starts[k + 1]) - first;
      if (rounded[k]) {
        Arrays.fill(exact, 0);
        in.forEach(shard -> addMultiples(shard, exact, count));
        for (int i = 0; i < count; i++) {
          sums[first - from + i] = (float) exact[i];
        }
      } else {
        in.forEach(shard -> addFloats(shard, sums, first - from, count));
      }
    }
    return sums;
  }

  @Override
  public String toString() {
    return "Int8Encoding[values=" + values() + "]";
  }

  /** e of a block. */
  private static int exponent(float[] values, int from, int to) {
    float largest = 0;
    for (int i = from; i < to; i++) {
      largest = Math.max(largest, Math.abs(values[i]));
    }
    int exponent = Math.getExponent(largest) - 6; // largest / 2ᵉ lies in 64..128
    return largest > Math.scalb((double) LARGEST, exponent) ? exponent + 1 : exponent;
  }

  private static void round(
      float[] values, int from, int to, int exponent, RandomKey key, ByteBuffer out) {
    double inverse = Math.scalb(1.0, -exponent);
    for (int i = from; i < to; i++) {
      double uniform = (key.number(i) >>> 32) * 0x1p-32;
      out.put((byte) Math.floor(values[i] * inverse + uniform));
    }
  }

  private static void addMultiples(ByteBuffer in, double[] sums, int count) {
    double scale = Math.scalb(1.0, in.getShort());
    byte[] bytes = in.array();
    int at = in.position();
    for (int i = 0; i < count; i++) {
      sums[i] += scale * bytes[at + i];
    }
    in.position(at + count);
  }

  private static void addFloats(ByteBuffer in, float[] sums, int from, int count) {
    for (int i = from; i < from + count; i++) {
      sums[i] += in.getFloat();
    }
  }

  private long bytes(int from, int to) {
    long bytes = 0;
    for (int k = blockOf(from); k < rounded.length && starts[k] < to; k++) {
      long count = Math.min(to, starts[k + 1]) - Math.max(from, starts[k]);
      bytes += rounded[k] ? Short.BYTES + count : Float.BYTES * count;
    }
    return bytes;
  }

  private int blockOf(int value) {
    int found = Arrays.binarySearch(starts, value);
    return found >= 0 ? found : -found - 2;
  }
}
