// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.inference;

import java.nio.ByteBuffer;
import org.bcgd.engine.graph.Shape;
import org.bcgd.engine.onednn.Tensor;

/**
 * The shortcut that takes every second pixel and adds channels of zeros.
 *
 * @param to in memory of its own, whose zeros stay
 */
record ShortcutStep(Tensor from, Shape in, Tensor to, Shape out, int images)
    implements InferenceStep {

  @Override
  public void run() {
    int width = from.type().bytes();
    int length = in.channels() * width;
    int before = (out.channels() - in.channels()) / 2;
    ByteBuffer source = from.bytes();
    ByteBuffer target = to.bytes();
    for (int n = 0; n < images; n++) {
      for (int i = 0; i < out.height(); i++) {
        for (int j = 0; j < out.width(); j++) {
          int pixel = (n * in.height() + 2 * i) * in.width() + 2 * j;
          int place = (n * out.height() + i) * out.width() + j;
          target.put(
              (place * out.paddedChannels() + before) * width,
              source,
              pixel * in.paddedChannels() * width,
              length);
        }
      }
    }
  }
}
