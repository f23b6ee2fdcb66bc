// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.executor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.bcgd.data.Batch;
import org.bcgd.data.ImageShape;
import org.junit.jupiter.api.Test;

class PrefetchTest {

  private final Prefetch prefetch = new Prefetch(2);

  @Test
  void whatWasPreparedIsTakenOnce() {
    Batch batch = batch();
    prefetch.prepare(7, 3, () -> batch);

    assertThat(prefetch.take(7, 3)).containsSame(batch);
    assertThat(prefetch.take(7, 3)).isEmpty();
    assertThat(prefetch.size()).isZero();
  }

  @Test
  void anotherStepOrShardGetsNothing() {
    prefetch.prepare(7, 3, PrefetchTest::batch);
    assertThat(prefetch.take(7, 2)).isEmpty();
    assertThat(prefetch.take(8, 3)).isEmpty();
    assertThat(prefetch.size()).isZero();
  }

  @Test
  void noMoreAreHeldThanAllowed() {
    Batch newest = batch();
    for (int shard = 0; shard < 10; shard++) {
      prefetch.prepare(1, shard, () -> newest);
      assertThat(prefetch.size()).isLessThanOrEqualTo(2);
    }
    assertThat(prefetch.take(1, 0)).isEmpty();
    assertThat(prefetch.take(1, 9)).containsSame(newest);
  }

  @Test
  void aBatchInTheMakingIsWaitedFor() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch asked = new CountDownLatch(1);
    Batch batch = batch();
    prefetch.prepare(
        1,
        0,
        () -> {
          begun.countDown();
          await(asked);
          return batch;
        });
    assertThat(begun.await(1, TimeUnit.MINUTES)).isTrue();
    asked.countDown();
    assertThat(prefetch.take(1, 0)).containsSame(batch);
  }

  @Test
  void aFailureIsLeftToTheTask() {
    prefetch.prepare(
        1,
        0,
        () -> {
          throw new IllegalStateException("on purpose");
        });
    assertThat(prefetch.take(1, 0)).isEmpty();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Batch batch() {
    return new Batch(new ImageShape(1, 1, 1), new float[1], new int[1]);
  }
}
