// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.inference;

import org.bcgd.engine.onednn.Tensor;
import org.bcgd.quantization.ActivationQuantizer;
import org.bcgd.quantization.Rounding;
import org.bcgd.vector.Affine;
import org.bcgd.vector.Staircases;

/** In Java's vectors: fast once it has compiled them. */
final class VectorStrips implements StripLoops {

  @Override
  public void load(Tensor from, int offset, float[] x, int count) {
    from.load(offset, x, count);
  }

  @Override
  public void set(float[] z, float[] x, float[] m, float[] s, float[] b, int count) {
    Affine.set(z, x, m, s, b, count);
  }

  @Override
  public void add(float[] z, float[] x, float[] m, float[] s, float[] b, int count) {
    Affine.add(z, x, m, s, b, count);
  }

  @Override
  public void codes(float[] z, ActivationQuantizer quantizer, float resolution, int count) {
    if (quantizer.rounding() == Rounding.UP) {
      Staircases.codesUp(z, z, resolution, quantizer.levels(), count);
    } else {
      Staircases.codesNearest(z, z, resolution, quantizer.levels(), count);
    }
  }

  @Override
  public void rectify(float[] z, int count) {
    Staircases.rectify(z, z, count);
  }

  @Override
  public void store(float[] z, Tensor to, int offset, int count) {
    to.store(z, offset, count);
  }
}
