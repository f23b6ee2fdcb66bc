// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.linear;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bcgd.engine.onednn.Primitive;
import org.bcgd.engine.step.Operation;
import org.bcgd.engine.step.Phase;
import org.bcgd.engine.step.Task;

/**
 * A convolution for the images of one thread.
 *
 * @param backwardData absent where nothing asks for the gradient of the input
 */
public record ConvolutionOperation(
    Primitive forwards, Primitive backwardWeights, Optional<Primitive> backwardData)
    implements Operation {

  @Override
  public List<Task> forward() {
    return List.of(task(Phase.CONVOLUTION_FORWARD, forwards));
  }

  @Override
  public List<Task> backward() {
    return Stream.concat(
            Stream.of(task(Phase.CONVOLUTION_BACKWARD_WEIGHTS, backwardWeights)),
            backwardData.stream().map(data -> task(Phase.CONVOLUTION_BACKWARD_DATA, data)))
        .toList();
  }

  private static Task task(Phase phase, Primitive primitive) {
    return new Task(phase, step -> primitive.execute());
  }
}
