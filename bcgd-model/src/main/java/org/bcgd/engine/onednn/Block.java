// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.onednn;

import java.util.OptionalLong;
import org.bytedeco.javacpp.BytePointer;

/** Native memory of several tensors: beside each other, or one after the other. */
public final class Block {

  private static final long LINE = 64;

  private final BytePointer data;
  private final long size;
  private long reserved;

  public Block(Arena arena, long size) {
    this.data = arena.allocate(size);
    this.size = size;
  }

  /** The bytes that a reservation of {@code size} bytes takes. */
  public static long lines(long size) {
    return (size + LINE - 1) / LINE * LINE;
  }

  /** The offset of bytes that nothing else has reserved, or empty if not as many are left. */
  public synchronized OptionalLong reserve(long bytes) {
    if (reserved + lines(bytes) > size) {
      return OptionalLong.empty();
    }
    reserved += lines(bytes);
    return OptionalLong.of(reserved - lines(bytes));
  }

  BytePointer part(long offset, long bytes) {
    long first = data.position() + offset;
    return new BytePointer(data).position(first).limit(first + bytes);
  }
}
