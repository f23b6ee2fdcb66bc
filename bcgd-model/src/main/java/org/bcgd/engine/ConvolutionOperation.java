// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine;

import java.util.List;
import org.bcgd.engine.onednn.Primitive;

/** A convolution for the images of one thread. */
record ConvolutionOperation(Primitive forwards, List<Primitive> backwards) implements Operation {

  @Override
  public void forward(Step step) {
    forwards.execute();
  }

  @Override
  public void backward(Step step) {
    for (Primitive primitive : backwards) {
      primitive.execute();
    }
  }
}
