// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.plan;

import org.bcgd.engine.graph.Shape;
import org.bcgd.engine.graph.Value;

/** What the training engine holds of a value, for tests to look at. */
final class HeldValues {

  private HeldValues() {}

  /** The value of one image, [H, W, channels], without the channels that pad it in memory. */
  static float[] of(ThreadPlan plan, Value value, int image) {
    Shape shape = value.shape();
    float[] padded = new float[shape.paddedSize()]; // [H, W, padded channels]
    plan.tensor(value).load(image * padded.length, padded, padded.length);
    float[] values = new float[shape.pixels() * shape.channels()];
    for (int p = 0; p < shape.pixels(); p++) {
      System.arraycopy(
          padded, p * shape.paddedChannels(), values, p * shape.channels(), shape.channels());
    }
    return values;
  }
}
