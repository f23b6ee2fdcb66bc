// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.linear;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bcgd.engine.onednn.primitive.Primitive;
import org.bcgd.engine.step.Operation;
import org.bcgd.engine.step.Phase;
import org.bcgd.engine.step.Task;

/**
 * A convolution for the images of one thread.
 *
 * @param widening of the input before it is read backwards, if it is kept in bytes meanwhile
 * @param backwardData absent where nothing asks for the gradient of the input
 * @param layer to whose gradient all threads add
 */
public record ConvolutionOperation(
    Primitive forwards,
    Optional<Widening> widening,
    Primitive backwardWeights,
    Optional<Primitive> backwardData,
    LinearLayer layer,
    int thread)
    implements Operation {

  @Override
  public List<Task> forward() {
    return List.of(task(Phase.CONVOLUTION_FORWARD, forwards));
  }

  @Override
  public List<Task> backward() {
    return Stream.of(
            widening.map(Widening::task),
            Optional.of(task(Phase.CONVOLUTION_BACKWARD_WEIGHTS, backwardWeights)),
            backwardData.map(data -> task(Phase.CONVOLUTION_BACKWARD_DATA, data)))
        .flatMap(Optional::stream)
        .toList();
  }

  @Override
  public List<Task> together() {
    return List.of(new Task(Phase.WEIGHTS, step -> layer.sumGradient(step, thread)));
  }

  private static Task task(Phase phase, Primitive primitive) {
    return new Task(phase, step -> primitive.execute());
  }
}
