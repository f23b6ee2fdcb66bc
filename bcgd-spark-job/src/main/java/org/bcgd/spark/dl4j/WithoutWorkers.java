// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.dl4j;

import java.util.Collection;
import org.deeplearning4j.core.storage.StatsStorageRouter;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.deeplearning4j.spark.api.TrainingHook;
import org.deeplearning4j.spark.api.TrainingMaster;
import org.deeplearning4j.spark.api.TrainingResult;
import org.deeplearning4j.spark.api.TrainingWorker;
import org.deeplearning4j.spark.api.stats.SparkTrainingStats;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;

/**
 * What a training master owes to workers that train with Deeplearning4j. Executors compute
 * gradients by an engine of their own here, so there are no such workers: nothing can be hooked
 * into them or collected from them.
 */
abstract class WithoutWorkers
    implements TrainingMaster<TrainingResult, TrainingWorker<TrainingResult>> {

  /**
   * @throws UnsupportedOperationException always
   */
  @Override
  public void addHook(TrainingHook hook) {
    throw new UnsupportedOperationException(
        "there are no hooks: no Deeplearning4j model is trained on the executors");
  }

  /** Nothing, since there are no hooks. */
  @Override
  public void removeHook(TrainingHook hook) {}

  /**
   * @throws UnsupportedOperationException always
   */
  @Override
  public TrainingWorker<TrainingResult> getWorkerInstance(SparkDl4jMultiLayer network) {
    throw noWorkers();
  }

  /**
   * @throws UnsupportedOperationException always
   */
  @Override
  public TrainingWorker<TrainingResult> getWorkerInstance(SparkComputationGraph graph) {
    throw noWorkers();
  }

  private static UnsupportedOperationException noWorkers() {
    return new UnsupportedOperationException(
        "there are no workers: executors compute gradients by the engine of this software");
  }

  /**
   * @throws UnsupportedOperationException if they are to be collected
   */
  @Override
  public void setCollectTrainingStats(boolean collect) {
    if (collect) {
      throw new UnsupportedOperationException(
          "statistics of Deeplearning4j are not collected: give the master a folder(uri), in whose"
              + " metrics.jsonl every step tells where its time went");
    }
  }

  @Override
  public boolean getIsCollectTrainingStats() {
    return false;
  }

  /** Null, as the interface has it where nothing is collected. */
  @Override
  public SparkTrainingStats getTrainingStats() {
    return null;
  }

  /**
   * Sets listeners, which are called on the driver.
   *
   * @throws UnsupportedOperationException if there is a router
   */
  @Override
  public void setListeners(StatsStorageRouter router, Collection<TrainingListener> listeners) {
    if (router != null) {
      throw new UnsupportedOperationException(
          "nothing is routed from executors: set listeners without a StatsStorageRouter");
    }
    setListeners(listeners);
  }
}
