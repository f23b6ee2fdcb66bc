// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.inference;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.bcgd.engine.crew.Futures;
import org.bcgd.engine.folded.FoldedNetwork;
import org.bcgd.engine.onednn.OneDnn;
import org.bcgd.vector.VectorModule;

/**
 * A folded network, ready to classify. Any number of threads may use it at once.
 *
 * <p>Images are taken through the whole network a few at a time, so that what passes between layers
 * stays in the cache; threads share the work by images. A single image that comes alone is shared
 * by the threads within each convolution instead.
 */
public final class InferenceNetwork implements AutoCloseable {

  private static final int CACHED_PIXELS = 4 * 224 * 224; // of images taken together

  private final FoldedNetwork network;
  private final int threads;
  private final SharedWeights weights;
  private final Rehearsal rehearsal;
  private final Thread rehearsing;
  private final ExecutorService apart; // each thread with images of its own
  private final ExecutorService together; // all threads on one image
  private final ConcurrentLinkedQueue<InferencePlan> plans = new ConcurrentLinkedQueue<>();
  private final ThreadLocal<Map<Integer, InferencePlan>> own =
      ThreadLocal.withInitial(HashMap::new);
  private final AtomicInteger calls = new AtomicInteger();

  /**
   * @param threads that share the work, 1 or more
   * @throws org.bcgd.failure.SettingsException if the native library cannot be loaded or Java's
   *     module of vectors is missing
   */
  public InferenceNetwork(FoldedNetwork network, int threads) {
    VectorModule.require();
    OneDnn.load();
    this.network = network;
    this.threads = threads;
    this.weights = new SharedWeights(network);
    this.rehearsal = new Rehearsal(network, weights);
    this.rehearsing = thread(rehearsal, 1);
    this.apart = Executors.newFixedThreadPool(threads, task -> thread(task, 1));
    this.together = Executors.newSingleThreadExecutor(task -> thread(task, threads));
    rehearsing.start();
  }

  private static Thread thread(Runnable loop, int threads) {
    Thread thread =
        new Thread(
            () -> {
              OneDnn.useThreads(threads);
              loop.run();
            },
            "inference");
    thread.setDaemon(true);
    return thread;
  }

  /** What is executed. */
  public FoldedNetwork network() {
    return network;
  }

  /**
   * The logits of some images.
   *
   * @param pixels [N, C, H, W], normalised
   * @return [N, classes]
   */
  public float[] logits(float[] pixels) {
    int size = network.image().channels() * network.image().pixels();
    if (pixels.length == 0 || pixels.length % size != 0) {
      throw new IllegalArgumentException(
          pixels.length + " pixels are no number of images of " + network.image());
    }
    int count = pixels.length / size;
    float[] logits = new float[count * network.classes()];
    boolean alone = calls.getAndIncrement() == 0;
    try {
      if (count == 1 && alone) {
        await(List.of(together.submit(() -> plan(1).run(pixels, 0, 1, logits))));
      } else {
        await(share(pixels, count, logits));
      }
    } finally {
      calls.decrementAndGet();
    }
    return logits;
  }

  /**
   * Class probabilities of some images: softmax in double, as the training engine computes it.
   *
   * @param pixels [N, C, H, W], normalised
   * @return [N, classes]
   */
  public float[] probabilities(float[] pixels) {
    float[] values = logits(pixels);
    int classes = network.classes();
    double[] shares = new double[classes];
    for (int first = 0; first < values.length; first += classes) {
      float largest = values[first];
      for (int k = 1; k < classes; k++) {
        largest = Math.max(largest, values[first + k]);
      }
      double sum = 0;
      for (int k = 0; k < classes; k++) {
        shares[k] = Math.exp((double) values[first + k] - largest);
        sum += shares[k];
      }
      for (int k = 0; k < classes; k++) {
        values[first + k] = (float) (shares[k] / sum);
      }
    }
    return values;
  }

  private List<Future<?>> share(float[] pixels, int count, float[] logits) {
    int most = Math.max(1, CACHED_PIXELS / network.image().pixels());
    int each = Math.min(most, (count + threads - 1) / threads);
    List<Future<?>> parts = new ArrayList<>();
    for (int first = 0; first < count; first += each) {
      int start = first;
      int length = Math.min(each, count - first);
      parts.add(apart.submit(() -> plan(length).run(pixels, start, length, logits)));
    }
    return parts;
  }

  private InferencePlan plan(int images) {
    return own.get().computeIfAbsent(images, this::compile);
  }

  private InferencePlan compile(int images) {
    InferencePlan plan = new InferencePlan(network, weights, images, false, rehearsal::isCompiled);
    plans.add(plan);
    return plan;
  }

  /**
   * Makes ready for calls of so many images: plans their memory, and classifies blank ones until
   * Java has compiled its loops, half a minute at most.
   */
  public void warmUp(int images) {
    float[] blank = new float[images * network.image().channels() * network.image().pixels()];
    do {
      logits(blank);
    } while (!rehearsal.isOver());
    logits(blank);
  }

  /**
   * The codes of every value of one image that has codes, by its number: what a comparison of two
   * executions looks at.
   *
   * @param pixels [C, H, W]
   * @return for each value [H, W, channels]
   */
  public Map<Integer, byte[]> codes(float[] pixels) {
    try (InferencePlan plan = new InferencePlan(network, weights, 1, true, rehearsal::isCompiled)) {
      plan.run(pixels, 0, 1, new float[network.classes()]);
      Map<Integer, byte[]> codes = new HashMap<>();
      for (int value = 1; value <= network.layers().size(); value++) {
        byte[] found = plan.codes(value);
        if (found != null) {
          codes.put(value, found);
        }
      }
      return codes;
    }
  }

  /** Native memory that is held, in bytes. */
  public long nativeBytes() {
    return weights.bytes() + plans.stream().mapToLong(InferencePlan::bytes).sum();
  }

  private static void await(List<Future<?>> parts) {
    for (Throwable failure : Futures.failures(parts)) {
      throw new IllegalStateException("inference failed", failure);
    }
  }

  /** Waits for its end whatever happens, because it uses memory that is freed next. */
  private static void await(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Frees native memory and ends the threads; no call may be under way. */
  @Override
  public void close() {
    apart.shutdown();
    together.shutdown();
    rehearsing.interrupt();
    await(rehearsing);
    plans.forEach(InferencePlan::close);
    weights.close();
  }
}
