// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.onednn;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.bcgd.failure.SettingsException;
import org.bcgd.vector.Bfloat16;
import org.bcgd.vector.WholeNumbers;
import org.bytedeco.dnnl.dnnl_blocking_desc_t;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Native memory, less than 2 GiB, that both oneDNN and Java's loops see. A tensor may be described
 * first, for primitives to be compiled with, and get its memory later.
 */
public final class Tensor {

  private final ElementType type;
  private final dnnl_memory_desc_t layout;
  private final dnnl_memory memory;
  private final long size; // bytes
  private BytePointer data; // null until it is placed
  private ByteBuffer bytes; // the same
  private FloatBuffer floats; // the same

  private Tensor(Arena arena, ElementType type, dnnl_memory_desc_t layout) {
    this.type = type;
    this.layout = layout;
    this.size = requireSeen(dnnl.dnnl_memory_desc_get_size(layout));
    this.memory = new dnnl_memory();
    OneDnn.check(dnnl.dnnl_memory_create(memory, layout, OneDnn.engine(), null), "describe memory");
    arena.onClose(() -> OneDnn.check(dnnl.dnnl_memory_destroy(memory), "forget memory"));
  }

  private static long requireSeen(long size) {
    if (size > Integer.MAX_VALUE) {
      throw new SettingsException(
          ("A layer takes %,d bytes for the images of one thread, where Java sees 2 GiB at once:"
                  + " choose smaller batches, more shards or more threads.")
              .formatted(size));
    }
    return size;
  }

  /** Gives it the part of {@code block} that begins at byte {@code offset}. */
  public Tensor place(Block block, long offset) {
    return place(block.part(offset, size));
  }

  private Tensor place(BytePointer place) {
    OneDnn.check(dnnl.dnnl_memory_set_data_handle(memory, place), "place memory");
    data = place;
    bytes = data.asByteBuffer().slice().order(ByteOrder.LITTLE_ENDIAN);
    floats = bytes.asFloatBuffer();
    return this;
  }

  /** Whether it has memory. */
  public boolean isPlaced() {
    return data != null;
  }

  /** Gives it memory of its own, zeroed. */
  public Tensor placed(Arena arena) {
    return place(arena.allocate(size));
  }

  /** Images with their channels innermost, [images, height, width, channels], to be placed. */
  public static Tensor images(
      Arena arena, ElementType type, int images, int channels, int height, int width) {
    return new Tensor(arena, type, Layouts.images(type, images, channels, height, width));
  }

  /** Kernels, row-major, [outputs, inputs, height, width], to be placed. */
  public static Tensor kernels(
      Arena arena, ElementType type, int outputs, int inputs, int height, int width) {
    return new Tensor(arena, type, Layouts.kernels(type, outputs, inputs, height, width));
  }

  /**
   * Kernels of some outputs, in the same memory.
   *
   * @param first a multiple of {@link #outputBlock}, as {@code count} is unless it ends with the
   *     last
   */
  public Tensor outputs(Arena arena, int first, int count) {
    long[] extents = new long[layout.ndims()];
    long[] offsets = new long[layout.ndims()];
    Arrays.setAll(extents, i -> layout.dims().get(i));
    extents[0] = count;
    offsets[0] = first;
    dnnl_memory_desc_t part = new dnnl_memory_desc_t();
    OneDnn.check(
        dnnl.dnnl_memory_desc_init_submemory(part, layout, extents, offsets), "describe a part");
    return new Tensor(arena, type, part).place(data);
  }

  /** How many outputs a layout of kernels holds side by side. */
  public int outputBlock() {
    dnnl_blocking_desc_t blocking = layout.format_desc_blocking();
    long block = 1;
    for (int i = 0; i < blocking.inner_nblks(); i++) {
      block *= blocking.inner_idxs().get(i) == 0 ? blocking.inner_blks().get(i) : 1;
    }
    return Math.toIntExact(block);
  }

  /** In a layout that a primitive asks for, to be placed. */
  public static Tensor of(Arena arena, ElementType type, dnnl_memory_desc_t layout) {
    return new Tensor(arena, type, new dnnl_memory_desc_t(layout));
  }

  public ElementType type() {
    return type;
  }

  /** Bytes that it takes. */
  public long size() {
    return size;
  }

  /** The elements' bytes, little-endian. */
  public ByteBuffer bytes() {
    return bytes;
  }

  /** Sets every element to zero. */
  public void clear() {
    Pointer.memset(data, 0, size);
  }

  /** Elements {@code offset} and following, as float32; all but float32 take whole 16s. */
  public void load(int offset, float[] strip, int length) {
    switch (type) {
      case FLOAT32 -> floats.get(offset, strip, 0, length);
      case BFLOAT16 -> Bfloat16.load(bytes, offset, strip, length);
      case INT32 -> WholeNumbers.loadSums(bytes, offset, strip, length);
      case INT16 -> WholeNumbers.loadNarrowSums(bytes, offset, strip, length);
      case UINT8 -> WholeNumbers.loadCodes(bytes, offset, strip, length);
      case INT8 -> throw new IllegalStateException("levels are not read back");
    }
  }

  /** Writes what {@link #load} reads, rounded if need be; codes and sums must be whole numbers. */
  public void store(float[] strip, int offset, int length) {
    switch (type) {
      case FLOAT32 -> floats.put(offset, strip, 0, length);
      case BFLOAT16 -> Bfloat16.store(strip, bytes, offset, length);
      case INT16 -> WholeNumbers.storeNarrowSums(strip, bytes, offset, length);
      case UINT8 -> WholeNumbers.storeCodes(strip, bytes, offset, length);
      case INT8, INT32 -> throw new IllegalStateException(type + " is not written by loops");
    }
  }

  /** Reads codes in bytes, elements {@code offset} and following, from {@code kept}. */
  public void widen(Tensor kept, int offset, int length, float[] strip) {
    if (type == ElementType.BFLOAT16) {
      WholeNumbers.widenCodes(kept.bytes, bytes, offset, length);
    } else {
      kept.load(offset, strip, length);
      store(strip, offset, length);
    }
  }

  /** How its elements lie, as oneDNN describes it. */
  public dnnl_memory_desc_t layout() {
    return layout;
  }

  /** The tensor as an argument of a primitive. */
  public dnnl_memory memory() {
    return memory;
  }
}
