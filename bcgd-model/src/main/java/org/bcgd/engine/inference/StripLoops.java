// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.inference;

import org.bcgd.engine.onednn.Tensor;
import org.bcgd.quantization.ActivationQuantizer;

/** The loops of a stage, over the first {@code count} numbers of strips. */
sealed interface StripLoops permits VectorStrips, PlainStrips {

  /** Elements {@code offset} and following of a tensor. */
  void load(Tensor from, int offset, float[] x, int count);

  /** z = s · (x − m) + b. */
  void set(float[] z, float[] x, float[] m, float[] s, float[] b, int count);

  /** z = z + s · (x − m) + b. */
  void add(float[] z, float[] x, float[] m, float[] s, float[] b, int count);

  /** The codes of z, in its place. */
  void codes(float[] z, ActivationQuantizer quantizer, float resolution, int count);

  /** z = max(z, 0). */
  void rectify(float[] z, int count);

  /** Writes elements {@code offset} and following of a tensor. */
  void store(float[] z, Tensor to, int offset, int count);
}
