// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.onednn;

import java.util.ArrayDeque;
import java.util.Deque;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.BytePointer;

/**
 * The native memory and the native objects of one thread of a plan, freed together.
 *
 * <p>Memory comes from the system, not from Java's direct buffers, whose limit follows the heap.
 */
public final class Arena implements AutoCloseable {

  private final Deque<Runnable> releases = new ArrayDeque<>();
  private final dnnl_stream stream = OneDnn.stream();
  private long bytes;

  public Arena() {
    onClose(() -> OneDnn.check(dnnl.dnnl_stream_destroy(stream), "destroy a stream"));
  }

  /** Zeroed memory. */
  BytePointer allocate(long size) {
    NativeBlock block = NativeBlock.of(size);
    onClose(block.release());
    bytes += size;
    return block.data();
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
