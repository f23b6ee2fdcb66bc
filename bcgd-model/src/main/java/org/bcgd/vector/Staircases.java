// SPDX-License-Identifier: Apache-2.0
package org.bcgd.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The staircase and its derivatives on strips, bit for bit as {@code
 * org.bcgd.quantization.ActivationQuantizer} and its companions define them. Both roundings leave
 * whole numbers as they are, so the clamp to 0..L comes before them.
 */
public final class Staircases {

  /** From here on a float32 has no fraction, so that adding it rounds to nearest, ties to even. */
  private static final float NO_FRACTION = 1 << 23;

  private Staircases() {}

  /** Codes, rounded up: min(max(⌈x / α⌉, 0), L). */
  public static void codesUp(float[] x, float[] codes, float resolution, float levels, int length) {
    FloatVector step = Lanes.all(resolution);
    FloatVector top = Lanes.all(levels);
    FloatVector zero = Lanes.all(0);
    FloatVector one = Lanes.all(1);
    FloatVector ones = Lanes.all(NO_FRACTION);
    for (int i = 0; i < length; i += Lanes.COUNT) {
      FloatVector steps = at(x, i).div(step).max(zero).min(top);
      FloatVector nearest = steps.add(ones).sub(ones);
      nearest
          .blend(nearest.add(one), nearest.compare(VectorOperators.LT, steps))
          .intoArray(codes, i);
    }
  }

  /** Codes, rounded to nearest. */
  public static void codesNearest(
      float[] x, float[] codes, float resolution, float levels, int length) {
    FloatVector step = Lanes.all(resolution);
    FloatVector top = Lanes.all(levels);
    FloatVector zero = Lanes.all(0);
    FloatVector ones = Lanes.all(NO_FRACTION);
    for (int i = 0; i < length; i += Lanes.COUNT) {
      at(x, i).div(step).max(zero).min(top).add(ones).sub(ones).intoArray(codes, i);
    }
  }

  /** y = max(x, 0). */
  public static void rectify(float[] x, float[] y, int length) {
    FloatVector zero = Lanes.all(0);
    for (int i = 0; i < length; i += Lanes.COUNT) {
      at(x, i).max(zero).intoArray(y, i);
    }
  }

  /** g = 0 where x ≤ 0 or x > top. */
  public static void keepInside(float[] g, float[] x, float top, int length) {
    FloatVector zero = Lanes.all(0);
    FloatVector end = Lanes.all(top);
    for (int i = 0; i < length; i += Lanes.COUNT) {
      FloatVector at = at(x, i);
      at(g, i)
          .blend(zero, at.compare(VectorOperators.LE, zero))
          .blend(zero, at.compare(VectorOperators.GT, end))
          .intoArray(g, i);
    }
  }

  /** s = s + g · (0 for x ≤ 0, {@code inside} up to top, {@code beyond} above it). */
  public static void addSteps(
      float[] s, float[] g, float[] x, float top, float inside, float beyond, int length) {
    FloatVector zero = Lanes.all(0);
    FloatVector end = Lanes.all(top);
    FloatVector middle = Lanes.all(inside);
    FloatVector above = Lanes.all(beyond);
    for (int i = 0; i < length; i += Lanes.COUNT) {
      FloatVector at = at(x, i);
      FloatVector height =
          zero.blend(middle, at.compare(VectorOperators.GT, zero))
              .blend(above, at.compare(VectorOperators.GT, end));
      at(s, i).add(at(g, i).mul(height)).intoArray(s, i);
    }
  }

  /** s = s + g · codes. */
  public static void addProducts(float[] s, float[] g, float[] codes, int length) {
    for (int i = 0; i < length; i += Lanes.COUNT) {
      at(s, i).add(at(g, i).mul(at(codes, i))).intoArray(s, i);
    }
  }

  /** s = s + g · (0 for x ≤ 0, codes − x / resolution up to top, codes above it). */
  public static void addRoundings(
      float[] s, float[] g, float[] x, float[] codes, float resolution, float top, int length) {
    FloatVector zero = Lanes.all(0);
    FloatVector step = Lanes.all(resolution);
    FloatVector end = Lanes.all(top);
    for (int i = 0; i < length; i += Lanes.COUNT) {
      FloatVector at = at(x, i);
      FloatVector code = at(codes, i);
      FloatVector rounding =
          code.sub(at.div(step).max(zero)).blend(code, at.compare(VectorOperators.GT, end));
      at(s, i).add(at(g, i).mul(rounding)).intoArray(s, i);
    }
  }

  private static FloatVector at(float[] strip, int i) {
    return FloatVector.fromArray(Lanes.FLOATS, strip, i);
  }
}
