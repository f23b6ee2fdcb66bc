// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.pooling;

import java.util.List;
import org.bcgd.engine.memory.GradientGather;
import org.bcgd.engine.memory.Strips;
import org.bcgd.engine.onednn.Tensor;
import org.bcgd.engine.onednn.primitive.Primitive;
import org.bcgd.engine.step.Operation;
import org.bcgd.engine.step.Phase;
import org.bcgd.engine.step.Task;

/**
 * A pooling for the images of one thread.
 *
 * @param backwards takes its gradient from {@code gradient}
 */
public record PoolingOperation(
    Primitive forwards, Primitive backwards, GradientGather gather, Tensor gradient, Strips strips)
    implements Operation {

  @Override
  public List<Task> forward() {
    return List.of(new Task(Phase.RESAMPLING, step -> forwards.execute()));
  }

  @Override
  public List<Task> backward() {
    Runnable gathering = gather.into(gradient, strips);
    return List.of(
        new Task(Phase.RESAMPLING, step -> gathering.run()),
        new Task(Phase.RESAMPLING, step -> backwards.execute()));
  }
}
