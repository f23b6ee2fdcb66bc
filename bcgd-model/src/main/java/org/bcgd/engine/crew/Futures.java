// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.crew;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Waiting for threads that work in memory of whoever waits. */
public final class Futures {

  private Futures() {}

  /**
   * Waits for the end of all, whatever happens, since the memory that they use is freed or used
   * anew next. Whoever is interrupted meanwhile is so still when they have ended.
   *
   * @return why some failed
   */
  public static List<Throwable> failures(List<Future<?>> work) {
    List<Throwable> failures = new ArrayList<>();
    boolean interrupted = Thread.interrupted();
    for (int i = 0; i < work.size(); ) {
      try {
        work.get(i).get();
        i++;
      } catch (ExecutionException e) {
        failures.add(e.getCause());
        i++;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return failures;
  }
}
