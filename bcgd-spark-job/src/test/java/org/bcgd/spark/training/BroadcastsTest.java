// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.BlockId;
import org.apache.spark.storage.BroadcastBlockId;
import org.bcgd.descent.MasterState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;

/**
 * A step gives back what it broadcast by itself. Spark's cleaner, which would do it after a
 * collection of garbage, does not run here; so what Spark broadcasts of its own accord, the code of
 * each stage, stays and is counted out.
 */
class BroadcastsTest {

  private static final int STEPS = 5; // of one stage each

  @TempDir Path directory;

  @Test
  void nothingThatAStepBroadcastsStays() {
    staysAsItWas(tiny -> tiny.gradientStep());
  }

  @Test
  void nothingThatARoundOfLocalStepsBroadcastsStays() {
    staysAsItWas(tiny -> tiny.localSteps(2));
  }

  private void staysAsItWas(Function<TinyWork, Step> kind) {
    SparkConf conf =
        new SparkConf()
            .setMaster("local[2]")
            .setAppName("broadcasts")
            .set("spark.cleaner.referenceTracking", "false");
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      TinyWork tiny =
          new TinyWork(
              spark, TinyRun.in(directory.resolve("run"), "aggregation.reduction=flat").settings());
      Step step = kind.apply(tiny);
      MasterState state = tiny.start();
      Set<Long> before = broadcasts();
      for (int i = 0; i < STEPS; i++) {
        state = TinyWork.after(step, state);
      }
      assertThat(broadcastsOnceAtMost(before.size() + STEPS)).hasSize(before.size() + STEPS);
    }
  }

  /** Waits for Spark, which removes blocks in threads of its own. */
  private static Set<Long> broadcastsOnceAtMost(int count) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (broadcasts().size() > count && System.nanoTime() < deadline) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
    return broadcasts();
  }

  /** The numbers of the broadcasts that this process holds a part of. */
  private static Set<Long> broadcasts() {
    Set<Long> numbers = new TreeSet<>();
    Iterator<BlockId> blocks =
        SparkEnv.get().blockManager().getMatchingBlockIds(new AnyBlock()).iterator();
    while (blocks.hasNext()) {
      if (blocks.next() instanceof BroadcastBlockId block) {
        numbers.add(block.broadcastId());
      }
    }
    return numbers;
  }

  private static final class AnyBlock extends AbstractFunction1<BlockId, Object> {
    @Override
    public Object apply(BlockId block) {
      return true;
    }
  }
}
