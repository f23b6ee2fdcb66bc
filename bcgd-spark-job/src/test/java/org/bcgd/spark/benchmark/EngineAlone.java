// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import org.bcgd.data.Batch;
import org.bcgd.data.ImageShape;
import org.bcgd.descent.BlendedCoarseGradientDescent;
import org.bcgd.descent.MasterState;
import org.bcgd.engine.EngineSettings;
import org.bcgd.engine.GradientPrecision;
import org.bcgd.engine.OneDnnNetwork;
import org.bcgd.network.InitialWeights;
import org.bcgd.network.NetworkDefinition;
import org.bcgd.parameters.ParameterRole;
import org.bcgd.parameters.WeightSnapshot;
import org.bcgd.spark.settings.Settings;

/**
 * The gradients of a step without Spark: a thread for each shard, with a network of its own and the
 * shard's images, that wait for each other after each step. No augmentation, update, projection or
 * packing is in it.
 */
final class EngineAlone implements AutoCloseable {

  private final CyclicBarrier barrier;
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean closed;

  /** Compiles the networks; their threads wait for the first step. */
  EngineAlone(Settings settings, ImageShape image) {
    NetworkDefinition network = settings.network(file -> file);
    WeightSnapshot weights = weights(settings, network);
    GradientPrecision precision =
        settings.execution().gradientPrecision().orElseGet(GradientPrecision::fastest);
    int shards = settings.dataset().shards();
    Batch batch = batch(image, settings.training().batchSize() / shards);
    barrier = new CyclicBarrier(shards + 1);
    for (int shard = 0; shard < shards; shard++) {
      OneDnnNetwork own = new OneDnnNetwork(network, new EngineSettings(1, precision));
      Thread thread = new Thread(() -> compute(own, weights, batch));
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
  }

  /** Takes a step on all threads. */
  void step() {
    await();
    await();
  }

  private void compute(OneDnnNetwork own, WeightSnapshot weights, Batch batch) {
    try (own) {
      await();
      while (!closed) {
        own.gradient(weights, batch);
        await();
        await();
      }
    }
  }

  private void await() {
    try {
      barrier.await();
    } catch (InterruptedException | BrokenBarrierException e) {
      throw new IllegalStateException("a thread of the engine has ended", e);
    }
  }

  private static WeightSnapshot weights(Settings settings, NetworkDefinition network) {
    float[] start = InitialWeights.draw(network.layout(), 1);
    network
        .layout()
        .withRole(ParameterRole.RESOLUTION)
        .forEach(slice -> start[slice.offset()] = 0.2f);
    return new BlendedCoarseGradientDescent(
            network.layout(), settings.weights().precision(), settings.descent(), 1)
        .gradientPoint(MasterState.start(start));
  }

  private static Batch batch(ImageShape image, int images) {
    float[] pixels = new float[images * image.size()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = i % 17 / 8f - 1;
    }
    return new Batch(image, pixels, new int[images]);
  }

  @Override
  public void close() {
    closed = true;
    await();
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted while the engine's threads end", e);
    }
  }
}
