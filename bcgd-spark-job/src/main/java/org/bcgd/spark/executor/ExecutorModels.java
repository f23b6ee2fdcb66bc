// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.executor;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.spark.SparkEnv;
import org.bcgd.packed.PackedFormat;
import org.bcgd.packed.QuantizedModel;

/**
 * The packed models of this JVM: one of each, which all tasks share. Those used last are kept; an
 * older one is closed as soon as no task uses it.
 */
public final class ExecutorModels {

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
   * @param packed its bytes, asked for if this JVM does not hold the model
   */
  public static <T> T using(
      String digest, Supplier<byte[]> packed, Function<QuantizedModel, T> use) {
    ExecutorModels held = take(digest, packed);
    try {
      return use.apply(held.model);
    } finally {
      giveBack(held);
    }
  }

  private static synchronized ExecutorModels take(String digest, Supplier<byte[]> packed) {
    ExecutorModels held =
        HELD.stream()
            .filter(other -> other.digest.equals(digest))
            .findFirst()
            .orElseGet(() -> new ExecutorModels(digest, load(packed.get(), digest)));
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
    try {
      return new QuantizedModel(
          PackedFormat.read(new ByteArrayInputStream(packed), digest), threads());
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory cannot be read", e);
    }
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
