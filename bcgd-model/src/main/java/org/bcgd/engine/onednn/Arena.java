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
  private long blocks; // bytes
  private long workspace; // bytes; one serves all operations, which run one after the other

  public Arena() {
    onClose(() -> OneDnn.check(dnnl.dnnl_stream_destroy(stream), "destroy a stream"));
  }

  /** Zeroed memory. */
  BytePointer allocate(long size) {
    NativeBlock block = NativeBlock.of(size);
    onClose(block.release());
    blocks += block.held();
    return block.data();
  }

  /** Releases something native with the memory, the last first. */
  public void onClose(Runnable release) {
    releases.push(release);
  }

  /** The queue of the primitives of this thread. */
  public dnnl_stream stream() {
    return stream;
  }

  /** Notes what an operation needs beside its tensors, in bytes. */
  public void work(long size) {
    workspace = Math.max(workspace, size);
  }

  /** Bytes of the largest workspace. */
  public long workspace() {
    return workspace;
  }

  /** Native memory of tensors in whole pages, and of the largest workspace, in bytes. */
  public long bytes() {
    return blocks + workspace;
  }

  @Override
  public void close() {
    while (!releases.isEmpty()) {
      releases.pop().run();
    }
  }
}
