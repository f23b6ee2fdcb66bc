// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine;

import org.bcgd.engine.onednn.Primitive;
import org.bcgd.engine.onednn.Tensor;

/**
 * A pooling for the images of one thread.
 *
 * @param backwards takes its gradient from {@code gradient}
 */
record PoolingOperation(
    Primitive forwards, Primitive backwards, GradientGather gather, Tensor gradient, Strips strips)
    implements Operation {

  @Override
  public void forward(Step step) {
    forwards.execute();
  }

  @Override
  public void backward(Step step) {
    gather.into(gradient, strips);
    backwards.execute();
  }
}
