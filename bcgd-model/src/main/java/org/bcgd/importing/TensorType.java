// SPDX-License-Identifier: Apache-2.0
package org.bcgd.importing;

import java.nio.ByteBuffer;

/** The number formats of a safetensors file. Only floating-point numbers become weights. */
enum TensorType {
  F64(8) {
    @Override
    float value(ByteBuffer bytes, int index) {
      return (float) bytes.getDouble(index * 8);
    }
  },
  F32(4) {
    @Override
    float value(ByteBuffer bytes, int index) {
      return bytes.getFloat(index * 4);
    }
  },
  F16(2) {
    @Override
    float value(ByteBuffer bytes, int index) {
      return half(bytes.getShort(index * 2));
    }
  },
  BF16(2) {
    @Override
    float value(ByteBuffer bytes, int index) {
      return Float.intBitsToFloat(bytes.getShort(index * 2) << 16);
    }
  },
  BOOL(1),
  U8(1),
  I8(1),
  F8_E4M3(1),
  F8_E5M2(1),
  U16(2),
  I16(2),
  U32(4),
  I32(4),
  U64(8),
  I64(8);

  private static final int HALF_FRACTION_BITS = 10;
  private static final int HALF_LARGEST_EXPONENT = 31;
  private static final int HALF_BIAS = 15;

  private final int bytes;

  TensorType(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes of one number. */
  int bytes() {
    return bytes;
  }

  /** Whether its numbers can become weights. */
  boolean isFloatingPoint() {
    return this == F64 || this == F32 || this == F16 || this == BF16;
  }

  /** Number {@code index} of little-endian {@code bytes}, rounded to float32. */
  float value(ByteBuffer bytes, int index) {
    throw new UnsupportedOperationException(name() + " has no values that are weights");
  }

  /** IEEE 754 binary16: sign, 5 bits of exponent, 10 of fraction. */
  private static float half(short bits) {
    int exponent = bits >> HALF_FRACTION_BITS & HALF_LARGEST_EXPONENT;
    int fraction = bits & (1 << HALF_FRACTION_BITS) - 1;
    float magnitude;
    if (exponent == HALF_LARGEST_EXPONENT) {
      magnitude = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
    } else if (exponent == 0) {
      magnitude = Math.scalb((float) fraction, 1 - HALF_BIAS - HALF_FRACTION_BITS);
    } else {
      magnitude =
          Math.scalb(
              (float) (fraction | 1 << HALF_FRACTION_BITS),
              exponent - HALF_BIAS - HALF_FRACTION_BITS);
    }
    return bits < 0 ? -magnitude : magnitude;
  }
}
