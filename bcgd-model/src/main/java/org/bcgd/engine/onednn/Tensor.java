// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.onednn;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.bcgd.engine.vector.Bfloat16;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.BytePointer;

/** Native memory that both oneDNN and Java's loops see. */
public final class Tensor {

  private final ElementType type;
  private final dnnl_memory_desc_t layout;
  private final dnnl_memory memory;
  private final ByteBuffer bytes;
  private final FloatBuffer floats;

  private Tensor(Arena arena, ElementType type, dnnl_memory_desc_t layout) {
    this.type = type;
    this.layout = layout;
    BytePointer data = arena.allocate(dnnl.dnnl_memory_desc_get_size(layout));
    this.memory = new dnnl_memory();
    OneDnn.check(dnnl.dnnl_memory_create(memory, layout, OneDnn.engine(), data), "describe memory");
    arena.onClose(() -> OneDnn.check(dnnl.dnnl_memory_destroy(memory), "forget memory"));
    this.bytes = data.asByteBuffer().slice().order(ByteOrder.LITTLE_ENDIAN);
    this.floats = bytes.asFloatBuffer();
  }

  /** Images with their channels innermost: [images, height, width, channels]. */
  public static Tensor images(
      Arena arena, ElementType type, int images, int channels, int height, int width) {
    return new Tensor(arena, type, Layouts.images(type, images, channels, height, width));
  }

  /** Kernels, row-major: [outputs, inputs, height, width]. */
  public static Tensor kernels(
      Arena arena, ElementType type, int outputs, int inputs, int height, int width) {
    return new Tensor(arena, type, Layouts.kernels(type, outputs, inputs, height, width));
  }

  /** In a layout that a primitive asks for. */
  static Tensor of(Arena arena, ElementType type, dnnl_memory_desc_t layout) {
    return new Tensor(arena, type, new dnnl_memory_desc_t(layout));
  }

  public ElementType type() {
    return type;
  }

  /** Bytes that it takes. */
  public long size() {
    return bytes.limit();
  }

  /** The elements' bytes, little-endian. */
  public ByteBuffer bytes() {
    return bytes;
  }

  /** Elements {@code offset} and following, as float32; bfloat16 takes lengths of whole 16s. */
  public void load(int offset, float[] strip, int length) {
    if (type == ElementType.FLOAT32) {
      floats.get(offset, strip, 0, length);
    } else {
      Bfloat16.load(bytes, offset, strip, length);
    }
  }

  /** Writes what {@link #load} reads, rounded if need be. */
  public void store(float[] strip, int offset, int length) {
    if (type == ElementType.FLOAT32) {
      floats.put(offset, strip, 0, length);
    } else {
      Bfloat16.store(strip, bytes, offset, length);
    }
  }

  dnnl_memory_desc_t layout() {
    return layout;
  }

  dnnl_memory memory() {
    return memory;
  }
}
