// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.crew;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Members that meet, fail and are waited for. A mistake here is a hang. */
@Timeout(60)
class CrewTest {

  @Test
  void nobodyLeavesAMeetingBeforeAllHaveCome() {
    try (Crew crew = new Crew(3)) {
      AtomicInteger come = new AtomicInteger();
      AtomicInteger early = new AtomicInteger();
      crew.all(
          member -> {
            for (int meeting = 1; meeting <= 100; meeting++) {
              come.incrementAndGet();
              crew.meet();
              early.addAndGet(come.get() < 3 * meeting ? 1 : 0);
              crew.meet();
            }
          });
      assertThat(come).hasValue(300);
      assertThat(early).hasValue(0);
    }
  }

  @Test
  void whatOneMemberFailsOfIsToldAndTheNextTaskRuns() {
    try (Crew crew = new Crew(3)) {
      for (int failing = 0; failing < 3; failing++) {
        int missing = failing;
        AtomicInteger gone = new AtomicInteger();
        assertThatThrownBy(() -> crew.all(member -> meetBut(missing, member, crew, gone)))
            .isInstanceOf(OutOfMemoryError.class)
            .hasMessage("of " + missing);
        assertThat(gone).hasValue(2);
        AtomicInteger met = new AtomicInteger();
        crew.all(
            member -> {
              crew.meet();
              met.incrementAndGet();
            });
        assertThat(met).hasValue(3);
      }
    }
  }

  private static void meetBut(int missing, int member, Crew crew, AtomicInteger gone) {
    if (member == missing) {
      throw new OutOfMemoryError("of " + missing);
    }
    try {
      crew.meet();
    } finally {
      gone.incrementAndGet();
    }
  }

  @Test
  void whoIsInterruptedStillWaitsForAll() throws InterruptedException {
    try (Crew crew = new Crew(2)) {
      CountDownLatch begun = new CountDownLatch(2);
      CountDownLatch released = new CountDownLatch(1);
      AtomicInteger ended = new AtomicInteger();
      AtomicInteger seen = new AtomicInteger();
      AtomicBoolean interrupted = new AtomicBoolean();
      Thread caller =
          new Thread(
              () -> {
                try {
                  crew.all(member -> work(crew, begun, released, ended));
                } finally {
                  seen.set(ended.get());
                  interrupted.set(Thread.interrupted());
                }
              });
      caller.start();
      begun.await();
      caller.interrupt();
      caller.join(50); // if it leaves at once, it has seen no end
      released.countDown();
      caller.join();
      assertThat(seen).hasValue(2);
      assertThat(interrupted).isTrue();
    }
  }

  private static void work(
      Crew crew, CountDownLatch begun, CountDownLatch released, AtomicInteger ended) {
    begun.countDown();
    try {
      released.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException("a member is not interrupted", e);
    }
    crew.meet();
    ended.incrementAndGet();
  }
}
