// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.onednn;

import com.sun.jna.NativeLibrary;
import com.sun.jna.NativeLong;
import com.sun.jna.Platform;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * A block of zeroed native memory.
 *
 * <p>On Linux a large one is mapped by itself, so that freeing it gives it back to the system,
 * which the C library's heaps of each thread do not. It asks for pages of 2 MiB where it fills
 * them: a stage streams through hundreds of megabytes, and with small pages finding them takes a
 * noticeable share of its time.
 *
 * @param held bytes that are taken from the system: whole pages of a mapped block
 */
record NativeBlock(BytePointer data, long held, Runnable release) {

  private static final long LINE = 64;
  private static final long PAGE = 4 << 10;
  private static final long HUGE_PAGE = 2 << 20;
  private static final long LARGE = 256 << 10;

  private static final int PROT_READ_WRITE = 3;
  private static final int MAP_PRIVATE_ANONYMOUS = 0x22;
  private static final int MADV_HUGEPAGE = 14;
  private static final long MAP_FAILED = -1;

  static NativeBlock of(long size) {
    return Platform.isLinux() && size >= LARGE ? map(size) : allocate(size);
  }

  private static NativeBlock allocate(long size) {
    Pointer block = Pointer.calloc(1, size + LINE);
    if (block == null || block.isNull()) {
      throw outOfMemory(size);
    }
    return new NativeBlock(aligned(block, size, LINE), size + LINE, () -> Pointer.free(block));
  }

  private static NativeBlock map(long size) {
    NativeLong length = new NativeLong(size + HUGE_PAGE);
    long address =
        call("mmap", 0L, length, PROT_READ_WRITE, MAP_PRIVATE_ANONYMOUS, -1, new NativeLong(0));
    if (address == MAP_FAILED) {
      throw outOfMemory(size);
    }
    BytePointer data = aligned(new Address(address), size, HUGE_PAGE);
    long start = data.address() + data.position();
    // a request, not a need: what the system answers does not matter
    call("madvise", start, new NativeLong(size / HUGE_PAGE * HUGE_PAGE), MADV_HUGEPAGE);
    return new NativeBlock(
        data, (size + PAGE - 1) / PAGE * PAGE, () -> call("munmap", address, length));
  }

  private static BytePointer aligned(Pointer block, long size, long alignment) {
    long shift = Math.floorMod(-block.address(), alignment);
    return new BytePointer(block).position(shift).limit(shift + size);
  }

  private static long call(String function, Object... arguments) {
    return NativeLibrary.getInstance("c").getFunction(function).invokeLong(arguments);
  }

  private static OutOfMemoryError outOfMemory(long size) {
    return new OutOfMemoryError(size + " bytes of native memory");
  }

  private static final class Address extends Pointer {
    Address(long address) {
      this.address = address;
    }
  }
}
