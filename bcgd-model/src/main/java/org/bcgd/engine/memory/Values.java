// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.memory;

import org.bcgd.engine.graph.Shape;
import org.bcgd.engine.graph.Value;
import org.bcgd.engine.onednn.Arena;
import org.bcgd.engine.onednn.ElementType;
import org.bcgd.engine.onednn.Tensor;

/** How values lie in memory. */
public final class Values {

  private Values() {}

  /** Channels in memory: whole blocks of 16, but for the image, which few channels make small. */
  public static int channels(Value value) {
    return value.form() instanceof Value.Image
        ? value.shape().channels()
        : value.shape().paddedChannels();
  }

  /** Codes are held in {@code codes}, all else in float32. */
  public static ElementType type(Value value, ElementType codes) {
    return value.form() instanceof Value.Codes ? codes : ElementType.FLOAT32;
  }

  /** Memory for a value, or for its gradient, of some images. */
  public static Tensor tensor(Arena arena, ElementType type, int images, Value value) {
    Shape shape = value.shape();
    return Tensor.images(arena, type, images, channels(value), shape.height(), shape.width());
  }
}
