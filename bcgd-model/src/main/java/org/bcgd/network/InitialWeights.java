// SPDX-License-Identifier: Apache-2.0
package org.bcgd.network;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.bcgd.parameters.ParameterLayout;
import org.bcgd.parameters.ParameterSlice;
import org.bcgd.randomness.RandomKey;

/**
 * The weights with which a training begins.
 *
 * <pre>
 *   convolution [out, in, h, w]    N(0, 2 / (out · h · w))      the authors' choice
 *   dense [out, in]                N(0, 2 / in)
 *   bias, β, running mean          0
 *   γ, running variance, α         1                            α awaits {@link ResolutionStart}
 * </pre>
 *
 * @see <a href="https://arxiv.org/abs/1502.01852">He et al. 2015</a>
 */
public final class InitialWeights {

  private InitialWeights() {}

  /** The values of every slice, [layout.size()]; each slice has a random stream of its own. */
  public static float[] draw(ParameterLayout layout, long seed) {
    float[] values = new float[layout.size()];
    RandomKey key = RandomKey.of(seed);
    for (int i = 0; i < layout.slices().size(); i++) {
      fill(layout.slices().get(i), key.with(i), values);
    }
    return values;
  }

  private static void fill(ParameterSlice slice, RandomKey key, float[] values) {
    switch (slice.role()) {
      case WEIGHT -> fillNormal(slice, key, values);
      case BIAS, NORM_SHIFT, RUNNING_MEAN -> fillConstant(slice, 0, values);
      case NORM_SCALE, RUNNING_VARIANCE, RESOLUTION -> fillConstant(slice, 1, values);
    }
  }

  private static void fillNormal(ParameterSlice slice, RandomKey key, float[] values) {
    boolean convolution = slice.shape().size() == 4;
    int inputs = slice.shape().get(1);
    int fan = convolution ? slice.length() / inputs : inputs;
    double deviation = Math.sqrt(2.0 / fan);
    RandomGenerator random = key.generator();
    for (int i = slice.offset(); i < slice.end(); i++) {
      values[i] = (float) (deviation * random.nextGaussian());
    }
  }

  private static void fillConstant(ParameterSlice slice, float value, float[] values) {
    Arrays.fill(values, slice.offset(), slice.end(), value);
  }
}
