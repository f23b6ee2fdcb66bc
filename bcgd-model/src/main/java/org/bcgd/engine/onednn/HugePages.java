// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.onednn;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.NativeLong;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;

/**
 * Asks Linux to back large blocks of memory with pages of 2 MiB: a stage streams through hundreds
 * of megabytes, and with small pages the look-up of their addresses takes a noticeable share of it.
 */
final class HugePages {

  static final long SIZE = 2 << 20;

  private static final int MADV_HUGEPAGE = 14;

  private HugePages() {}

  /** A request, not a need: what the system answers does not matter. */
  static void request(long address, long bytes) {
    if (Platform.isLinux()) {
      Function advise = NativeLibrary.getInstance("c").getFunction("madvise");
      advise.invokeInt(
          new Object[] {new Pointer(address), new NativeLong(bytes / SIZE * SIZE), MADV_HUGEPAGE});
    }
  }
}
