// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.onednn;

import com.sun.jna.NativeLibrary;
import com.sun.jna.NativeLong;
import com.sun.jna.Platform;

/** The heaps of the C library, out of which oneDNN and Java's compiler take memory. */
public final class NativeHeap {

  private NativeHeap() {}

  /**
   * Gives free pages back to the system, where the C library is one that can: it keeps what was
   * needed for a while, by Java's compiler most of all.
   */
  public static void trim() {
    if (Platform.isLinux()) {
      try {
        NativeLibrary.getInstance("c")
            .getFunction("malloc_trim")
            .invokeInt(new Object[] {new NativeLong(0)});
      } catch (UnsatisfiedLinkError e) {
        return; // another C library, which keeps less
      }
    }
  }
}
