// SPDX-License-Identifier: Apache-2.0
package org.bcgd.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The staircase and its derivatives on strips, bit for bit as {@code
 * org.bcgd.quantization.ActivationQuantizer} and its companions define them.
 */
public final class Staircases {

  /** From here on a float32 has no fraction, so that adding it rounds to nearest, ties to even. */
  private static final float NO_FRACTION = 1 << 23;

  private Staircases() {}

  /** Codes, rounded up: min(max(⌈x / α⌉, 0), L). */
  public static void codesUp(float[] x, float[] codes, float resolution, float levels, int length) {
    for (int i = 0; i < length; i += Lanes.COUNT) {
      FloatVector steps = steps(x, i, resolution, levels);
      FloatVector nearest = nearest(steps);
      nearest
          .blend(nearest.add(1f), nearest.compare(VectorOperators.LT, steps))
          .intoArray(codes, i);
    }
  }

  /** Codes, rounded to nearest. */
  public static void codesNearest(
      float[] x, float[] codes, float resolution, float levels, int length) {
    for (int i = 0; i < length; i += Lanes.COUNT) {
      nearest(steps(x, i, resolution, levels)).intoArray(codes, i);
    }
  }

  // Both roundings leave whole numbers as they are, so the clamp to 0..L may come before them.
  private static FloatVector steps(float[] x, int i, float resolution, float levels) {
    return at(x, i).div(resolution).max(0f).min(levels);
  }

  private static FloatVector nearest(FloatVector steps) {
    return steps.add(NO_FRACTION).sub(NO_FRACTION);
  }

  /** y = max(x, 0). */
  public static void rectify(float[] x, float[] y, int length) {
    for (int i = 0; i < length; i += Lanes.COUNT) {
      at(x, i).max(0f).intoArray(y, i);
    }
  }

  /** g = 0 where x ≤ 0 or x > top. */
  public static void keepInside(float[] g, float[] x, float top, int length) {
    for (int i = 0; i < length; i += Lanes.COUNT) {
      FloatVector at = at(x, i);
      at(g, i)
          .blend(0f, at.compare(VectorOperators.LE, 0f))
          .blend(0f, at.compare(VectorOperators.GT, top))
          .intoArray(g, i);
    }
  }

  /** s = s + g · (0 for x ≤ 0, {@code inside} up to top, {@code beyond} above it). */
  public static void addSteps(
      float[] s, float[] g, float[] x, float top, float inside, float beyond, int length) {
    for (int i = 0; i < length; i += Lanes.COUNT) {
      FloatVector at = at(x, i);
      FloatVector height =
          FloatVector.zero(Lanes.FLOATS)
              .blend(inside, at.compare(VectorOperators.GT, 0f))
              .blend(beyond, at.compare(VectorOperators.GT, top));
      at(s, i).add(at(g, i).mul(height)).intoArray(s, i);
    }
  }

  /** s = s + g · codes. */
  public static void addProducts(float[] s, float[] g, float[] codes, int length) {
    for (int i = 0; i < length; i += Lanes.COUNT) {
      at(s, i).add(at(g, i).mul(at(codes, i))).intoArray(s, i);
    }
  }

  private static FloatVector at(float[] strip, int i) {
    return FloatVector.fromArray(Lanes.FLOATS, strip, i);
  }
}
