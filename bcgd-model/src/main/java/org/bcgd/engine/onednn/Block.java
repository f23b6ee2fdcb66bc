// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.onednn;

import org.bytedeco.javacpp.BytePointer;

/** Native memory that tensors share which are not needed at the same time. */
public final class Block {

  private final BytePointer data;

  public Block(Arena arena, long size) {
    this.data = arena.allocate(size);
  }

  BytePointer part(long offset, long size) {
    long first = data.position() + offset;
    return new BytePointer(data).position(first).limit(first + size);
  }
}
