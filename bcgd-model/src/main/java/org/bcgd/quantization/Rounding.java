// SPDX-License-Identifier: Apache-2.0
package org.bcgd.quantization;

/** Which way the staircase rounds x / α to a whole number. */
public enum Rounding {
  /** To the next level above, as in the paper: (k − 1)α < x ≤ kα goes to kα. */
  UP {
    @Override
    float round(float quotient) {
      return (float) Math.ceil(quotient);
    }
  },
  /** To the nearest level, ties to even: |x − kα| ≤ α/2 goes to kα. */
  NEAREST {
    @Override
    float round(float quotient) {
      return (float) Math.rint(quotient);
    }
  };

  abstract float round(float quotient);
}
