// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.prediction;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;
import org.apache.spark.SparkEnv;
import org.bcgd.packed.PackedFormat;
import org.bcgd.packed.QuantizedModel;

/**
 * The packed models of this JVM: one of each, which all tasks share. Those used last are kept; an
 * older one is closed as soon as no task uses it.
 */
final class ExecutorModels {

  private static final int KEPT = 2;
  private static final Deque<ExecutorModels> HELD = new ArrayDeque<>(); // last used first

  private final String digest;
  private final QuantizedModel model;
  private int users;

  private ExecutorModels(String digest, QuantizedModel model) {
    this.digest = digest;
    this.model = model;
  }

  /**
   * Lends a model to {@code use}; other threads may have it at the same time.
   *
   * @param digest of its bytes
   * @param packed its bytes
   */
  static <T> T using(String digest, byte[] packed, Function<QuantizedModel, T> use) {
    ExecutorModels held = take(digest, packed);
    try {
      return use.apply(held.model);
    } finally {
      giveBack(held);
    }
  }

  private static synchronized ExecutorModels take(String digest, byte[] packed) {
    ExecutorModels held =
        HELD.stream()
            .filter(other -> other.digest.equals(digest))
            .findFirst()
            .orElseGet(() -> new ExecutorModels(digest, load(packed, digest)));
    HELD.remove(held);
    HELD.push(held);
    held.users++;
    closeOld();
    return held;
  }

  private static synchronized void giveBack(ExecutorModels held) {
    held.users--;
    closeOld();
  }

  private static void closeOld() {
    while (HELD.size() > KEPT && HELD.peekLast().users == 0) {
      HELD.removeLast().model.close();
    }
  }

  private static QuantizedModel load(byte[] packed, String digest) {
    return new QuantizedModel(PackedFormat.read(packed, digest), threads());
  }

  /** The cores of this executor, which as many tasks share. */
  private static int threads() {
    int processors = Runtime.getRuntime().availableProcessors();
    SparkEnv environment = SparkEnv.get();
    return environment == null
        ? processors
        : Math.min(processors, environment.conf().getInt("spark.executor.cores", processors));
  }
}
