// SPDX-License-Identifier: Apache-2.0
package org.bcgd.network;

import org.bcgd.data.Batch;
import org.bcgd.parameters.GradientSum;
import org.bcgd.parameters.WeightSnapshot;

/**
 * A network that can be executed: a pure function of weights and images. Not thread-safe; one
 * thread uses one instance at a time.
 */
public interface CoarseGradientNetwork extends AutoCloseable {

  /**
   * The coarse gradient of the softmax cross-entropy loss at {@code weights}, summed over the
   * batch: true derivatives everywhere except at quantized activations, where the coarse
   * derivatives stand in. The slots of running statistics hold the batch's mean and (biased)
   * variance.
   *
   * @throws IllegalArgumentException if weights or batch do not fit the network
   */
  GradientSum gradient(WeightSnapshot weights, Batch batch);

  /**
   * Class probabilities, [N, classes] row-major, with the running statistics in place of the
   * batch's.
   *
   * @throws IllegalArgumentException if weights or batch do not fit the network
   */
  float[] classify(WeightSnapshot weights, Batch batch);

  /**
   * Makes ready for gradients of batches of a size.
   *
   * @param weights of the kind that will be computed at: which of them are quantized matters
   * @return native memory in bytes that all that was made ready so far needs together
   */
  long reserveGradient(WeightSnapshot weights, int batch);

  /**
   * Makes ready for classifying batches of a size.
   *
   * @param weights of the kind that will be computed at: which of them are quantized matters
   * @return native memory in bytes that all that was made ready so far needs together
   */
  long reserveClassify(WeightSnapshot weights, int batch);

  @Override
  void close();
}
