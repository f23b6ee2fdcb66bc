// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.stage;

import java.util.Arrays;
import org.bcgd.engine.graph.Value;
import org.bcgd.engine.memory.Strips;
import org.bcgd.engine.step.Step;

/** A value as it is: its gradient is that of the stage's sum. */
public final class PlainTerm extends StageTerm {

  private final Value value;

  public PlainTerm(Value value, Input input, Strips strips) {
    super(input, strips);
    this.value = value;
  }

  @Override
  void prepare(Step step) {
    float[] zeros = new float[strips.channels()];
    float[] scales = new float[strips.channels()];
    Arrays.fill(scales, value.form() instanceof Value.Codes codes ? resolution(step, codes) : 1);
    spread(zeros, scales, zeros);
  }

  private static float resolution(Step step, Value.Codes codes) {
    return step.value(codes.resolution(), 0);
  }
}
