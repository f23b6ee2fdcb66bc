// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.crew;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.bcgd.engine.onednn.OneDnn;

/** The engine's threads: all do the same task at once, each on its own share of the images. */
public final class Crew implements AutoCloseable {

  private static final int SPINS_BEFORE_YIELD = 2_000;

  private final List<ExecutorService> members = new ArrayList<>();
  private final AtomicInteger arrived = new AtomicInteger();
  private volatile int meetings;
  private volatile boolean failed;

  public Crew(int size) {
    for (int i = 0; i < size; i++) {
      members.add(Executors.newSingleThreadExecutor(Crew::member));
    }
  }

  private static Thread member(Runnable loop) {
    Thread thread =
        new Thread(
            () -> {
              OneDnn.useOneThread();
              loop.run();
            },
            "engine");
    thread.setDaemon(true);
    return thread;
  }

  public int size() {
    return members.size();
  }

  /** Runs {@code task} in every member, which it gets the number of, and waits for all. */
  public void all(IntConsumer task) {
    arrived.set(0);
    failed = false;
    List<Future<?>> results = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      int member = i;
      results.add(members.get(i).submit(() -> perform(task, member)));
    }
    finish(results);
  }

  /** Runs {@code task} in one member and waits for it. */
  public void one(int member, Runnable task) {
    finish(List.of(members.get(member).submit(task)));
  }

  /** Waits, in a task of {@link #all}, until every member has come here. */
  public void meet() {
    int meeting = meetings;
    if (arrived.incrementAndGet() == members.size()) {
      arrived.set(0);
      meetings = meeting + 1;
      return;
    }
    for (int spins = 0; meetings == meeting; spins++) {
      if (failed) {
        throw new MemberMissingException();
      }
      if (spins < SPINS_BEFORE_YIELD) {
        Thread.onSpinWait();
      } else {
        Thread.yield();
      }
    }
  }

  private void perform(IntConsumer task, int member) {
    try {
      task.accept(member);
    } catch (RuntimeException | Error e) {
      failed = true;
      throw e;
    }
  }

  /** Tells why one failed; others may only have missed it. */
  private static void finish(List<Future<?>> results) {
    List<Throwable> failures = Futures.failures(results);
    for (Throwable failure : failures) {
      if (failure instanceof Error error) {
        throw error;
      }
      if (failure instanceof RuntimeException exception
          && !(failure instanceof MemberMissingException)) {
        throw exception;
      }
    }
    if (!failures.isEmpty()) {
      throw new IllegalStateException(failures.get(0));
    }
  }

  @Override
  public void close() {
    members.forEach(ExecutorService::shutdown);
  }

  private static final class MemberMissingException extends RuntimeException {

    private static final long serialVersionUID = 1;

    MemberMissingException() {
      super("another thread of the engine failed");
    }
  }
}
