// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.onednn;

import java.util.ArrayDeque;
import java.util.Deque;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * The native memory and the native objects of one thread of a plan, freed together.
 *
 * <p>Memory comes from the C library, not from Java's direct buffers, whose limit follows the heap.
 */
public final class Arena implements AutoCloseable {

  private static final long ALIGNMENT = 64;

  private final Deque<Runnable> releases = new ArrayDeque<>();
  private final dnnl_stream stream = OneDnn.stream();
  private long bytes;

  public Arena() {
    onClose(() -> OneDnn.check(dnnl.dnnl_stream_destroy(stream), "destroy a stream"));
  }

  /** Zeroed memory. */
  BytePointer allocate(long size) {
    long alignment = size < HugePages.SIZE ? ALIGNMENT : HugePages.SIZE;
    Pointer block = Pointer.calloc(1, size + alignment);
    if (block == null || block.isNull()) {
      throw new OutOfMemoryError(size + " bytes of native memory");
    }
    onClose(() -> Pointer.free(block));
    bytes += size;
    long shift = Math.floorMod(-block.address(), alignment);
    if (alignment == HugePages.SIZE) {
      HugePages.request(block.address() + shift, size);
    }
    return new BytePointer(block).position(shift).limit(shift + size);
  }

  void onClose(Runnable release) {
    releases.push(release);
  }

  dnnl_stream stream() {
    return stream;
  }

  /** Native memory of tensors, in bytes. */
  public long bytes() {
    return bytes;
  }

  @Override
  public void close() {
    while (!releases.isEmpty()) {
      releases.pop().run();
    }
  }
}
