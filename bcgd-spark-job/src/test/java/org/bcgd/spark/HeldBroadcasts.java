// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.BlockId;
import org.apache.spark.storage.BroadcastBlockId;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;

/**
 * What this process holds of broadcasts where Spark's cleaner, which gives them back after a
 * collection of garbage, does not run. So what Spark broadcasts of its own accord, the code of each
 * stage, stays and is to be counted out.
 */
public final class HeldBroadcasts {

  private HeldBroadcasts() {}

  /** A local Spark without its cleaner. */
  public static JavaSparkContext sparkWithoutCleaner() {
    return new JavaSparkContext(
        new SparkConf()
            .setMaster("local[2]")
            .setAppName("broadcasts")
            .set("spark.cleaner.referenceTracking", "false"));
  }

  /** Waits for Spark, which removes blocks in threads of its own. */
  public static Set<Long> onceAtMost(int count) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (numbers().size() > count && System.nanoTime() < deadline) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
    return numbers();
  }

  /** The numbers of the broadcasts that this process holds a part of. */
  public static Set<Long> numbers() {
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
