// SPDX-License-Identifier: Apache-2.0
package org.bcgd.parameters;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** In which numbers gradients travel from executors to the driver. They are summed in float32. */
public enum UplinkPrecision {
  /** Every bit of the gradient; 4 bytes a value. */
  FLOAT32(Float.BYTES) {
    @Override
    void put(ByteBuffer out, float value) {
      out.putFloat(value);
    }

    @Override
    float take(ByteBuffer in) {
      return in.getFloat();
    }
  },
  /** Rounded once to 8 bits of fraction, to nearest, ties to even; 2 bytes a value. */
  BFLOAT16(Short.BYTES) {
    @Override
    void put(ByteBuffer out, float value) {
      int bits = Float.floatToRawIntBits(value);
      // Half of the last kept bit, less one where that bit is even: ties go to even.
      int rounded = bits + 0x7FFF + (bits >>> 16 & 1);
      // Rounding up could turn a NaN of few set bits into infinity.
      out.putShort((short) ((Float.isNaN(value) ? bits | 0x400000 : rounded) >>> 16));
    }

    @Override
    float take(ByteBuffer in) {
      return Float.intBitsToFloat(in.getShort() << 16);
    }
  };

  private final int bytes;

  UplinkPrecision(int bytes) {
    this.bytes = bytes;
  }

  abstract void put(ByteBuffer out, float value);

  abstract float take(ByteBuffer in);

  /** Bytes of a value. */
  public int bytes() {
    return bytes;
  }

  /** The values from..to−1 as they travel. */
  public byte[] encode(float[] values, int from, int to) {
    ByteBuffer out = ByteBuffer.allocate((to - from) * bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = from; i < to; i++) {
      put(out, values[i]);
    }
    return out.array();
  }

  /** Adds values that travelled to {@code sums}, one to one. */
  public void addTo(float[] sums, byte[] payload) {
    ByteBuffer in = ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < sums.length; i++) {
      sums[i] += take(in);
    }
  }
}
