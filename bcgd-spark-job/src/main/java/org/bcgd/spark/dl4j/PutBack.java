// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.dl4j;

import org.bcgd.descent.BlendedCoarseGradientDescent;
import org.bcgd.descent.MasterState;

/** Which weights a graph holds after a fit. */
public enum PutBack {
  /** w = Q(w_f): the low-bit weights that are deployed, as floats. */
  QUANTIZED {
    @Override
    float[] weights(MasterState state, BlendedCoarseGradientDescent descent) {
      return descent.quantize(state).values();
    }
  },
  /** w_f: the full-precision weights behind them. */
  FULL_PRECISION {
    @Override
    float[] weights(MasterState state, BlendedCoarseGradientDescent descent) {
      return state.weights();
    }
  };

  /** The weights of a state, [layout size]. */
  abstract float[] weights(MasterState state, BlendedCoarseGradientDescent descent);
}
