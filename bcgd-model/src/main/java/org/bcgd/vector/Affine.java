// SPDX-License-Identifier: Apache-2.0
package org.bcgd.vector;

import jdk.incubator.vector.FloatVector;

/**
 * Loops that scale, shift and add. Arrays are strips of one length, a multiple of 16.
 *
 * <p>Constants become vectors before a loop, here and in the other loops of this room: within it,
 * Java's compiler may give up on them in large callers, and then makes an object for each.
 */
public final class Affine {

  private Affine() {}

  /** z = s · (x − m) + b. */
  public static void set(float[] z, float[] x, float[] m, float[] s, float[] b, int length) {
    for (int i = 0; i < length; i += Lanes.COUNT) {
      at(x, i).sub(at(m, i)).mul(at(s, i)).add(at(b, i)).intoArray(z, i);
    }
  }

  /** z = z + s · (x − m) + b. */
  public static void add(float[] z, float[] x, float[] m, float[] s, float[] b, int length) {
    for (int i = 0; i < length; i += Lanes.COUNT) {
      at(z, i).add(at(x, i).sub(at(m, i)).mul(at(s, i)).add(at(b, i))).intoArray(z, i);
    }
  }

  /** z = f · x. */
  public static void set(float[] z, float[] x, float f, int length) {
    FloatVector factor = Lanes.all(f);
    for (int i = 0; i < length; i += Lanes.COUNT) {
      at(x, i).mul(factor).intoArray(z, i);
    }
  }

  /** z = z + f · x. */
  public static void add(float[] z, float[] x, float f, int length) {
    FloatVector factor = Lanes.all(f);
    for (int i = 0; i < length; i += Lanes.COUNT) {
      at(z, i).add(at(x, i).mul(factor)).intoArray(z, i);
    }
  }

  /** d = p · z + q · (x − m) + r: the gradient through a batch norm. */
  public static void combine(
      float[] d, float[] z, float[] p, float[] x, float[] m, float[] q, float[] r, int length) {
    for (int i = 0; i < length; i += Lanes.COUNT) {
      FloatVector centred = at(x, i).sub(at(m, i));
      at(z, i).mul(at(p, i)).add(centred.mul(at(q, i))).add(at(r, i)).intoArray(d, i);
    }
  }

  /** d = p · z. */
  public static void scale(float[] d, float[] z, float[] p, int length) {
    for (int i = 0; i < length; i += Lanes.COUNT) {
      at(z, i).mul(at(p, i)).intoArray(d, i);
    }
  }

  /** s = s + (x − m) and q = q + (x − m)². */
  public static void moments(float[] x, float[] m, float[] s, float[] q, int length) {
    for (int i = 0; i < length; i += Lanes.COUNT) {
      FloatVector centred = at(x, i).sub(at(m, i));
      at(s, i).add(centred).intoArray(s, i);
      at(q, i).add(centred.mul(centred)).intoArray(q, i);
    }
  }

  /** q = q + z · (x − m). */
  public static void products(float[] z, float[] x, float[] m, float[] q, int length) {
    for (int i = 0; i < length; i += Lanes.COUNT) {
      at(q, i).add(at(z, i).mul(at(x, i).sub(at(m, i)))).intoArray(q, i);
    }
  }

  /** s = s + x. */
  public static void sum(float[] x, float[] s, int length) {
    for (int i = 0; i < length; i += Lanes.COUNT) {
      at(s, i).add(at(x, i)).intoArray(s, i);
    }
  }

  private static FloatVector at(float[] strip, int i) {
    return FloatVector.fromArray(Lanes.FLOATS, strip, i);
  }
}
