// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.inference;

import org.bcgd.engine.onednn.ElementType;
import org.bcgd.engine.onednn.Tensor;
import org.bcgd.quantization.ActivationQuantizer;

/** Number by number: soon compiled. */
final class PlainStrips implements StripLoops {

  private final byte[] codes; // a strip
  private final int[] sums; // a strip

  /**
   * @param length of the longest strip
   */
  PlainStrips(int length) {
    this.codes = new byte[length];
    this.sums = new int[length];
  }

  @Override
  public void load(Tensor from, int offset, float[] x, int count) {
    switch (from.type()) {
      case UINT8 -> {
        from.bytes().get(offset, codes, 0, count);
        for (int i = 0; i < count; i++) {
          x[i] = codes[i] & 0xFF;
        }
      }
      case INT32 -> {
        from.bytes().asIntBuffer().get(offset, sums, 0, count);
        for (int i = 0; i < count; i++) {
          x[i] = sums[i];
        }
      }
      default -> from.load(offset, x, count);
    }
  }

  @Override
  public void set(float[] z, float[] x, float[] m, float[] s, float[] b, int count) {
    for (int i = 0; i < count; i++) {
      z[i] = s[i] * (x[i] - m[i]) + b[i];
    }
  }

  @Override
  public void add(float[] z, float[] x, float[] m, float[] s, float[] b, int count) {
    for (int i = 0; i < count; i++) {
      z[i] = z[i] + (s[i] * (x[i] - m[i]) + b[i]);
    }
  }

  @Override
  public void codes(float[] z, ActivationQuantizer quantizer, float resolution, int count) {
    for (int i = 0; i < count; i++) {
      z[i] = quantizer.code(z[i], resolution);
    }
  }

  @Override
  public void rectify(float[] z, int count) {
    for (int i = 0; i < count; i++) {
      z[i] = Math.max(z[i], 0);
    }
  }

  @Override
  public void store(float[] z, Tensor to, int offset, int count) {
    if (to.type() == ElementType.UINT8) {
      for (int i = 0; i < count; i++) {
        codes[i] = (byte) z[i];
      }
      to.bytes().put(offset, codes, 0, count);
    } else {
      to.store(z, offset, count);
    }
  }
}
