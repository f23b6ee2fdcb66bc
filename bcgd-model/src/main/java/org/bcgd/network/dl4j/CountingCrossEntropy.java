// SPDX-License-Identifier: Apache-2.0
package org.bcgd.network.dl4j;

import java.util.Arrays;
import org.bcgd.network.layer.RowMajor;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/**
 * Softmax cross-entropy that also counts hits, as it is where a graph shows the outputs of its
 * training pass.
 *
 * <pre>
 *   ℓ = log Σⱼ exp(zⱼ) − z of the label      in double, without the clipping of LossMCXENT
 * </pre>
 */
final class CountingCrossEntropy extends LossMCXENT {

  private static final long serialVersionUID = 1;

  private transient int[] labels; // [N]
  private transient double loss; // Σ over samples, nats
  private transient int correct;

  /** Starts over with the labels of the next batch. */
  void expect(int[] nextLabels) {
    labels = nextLabels;
    loss = 0;
    correct = 0;
  }

  /** Sum of the samples' losses, in nats. */
  double loss() {
    return loss;
  }

  /** Samples whose label has the largest output; of equal outputs the first counts. */
  int correct() {
    return correct;
  }

  @Override
  public double computeScore(
      INDArray oneHot, INDArray outputs, IActivation softmax, INDArray mask, boolean average) {
    int classes = Math.toIntExact(outputs.size(1));
    float[] z = RowMajor.copy(outputs);
    for (int n = 0; n < labels.length; n++) {
      addSample(Arrays.copyOfRange(z, n * classes, (n + 1) * classes), labels[n]);
    }
    return loss;
  }

  private void addSample(float[] z, int label) {
    int largest = 0;
    for (int j = 1; j < z.length; j++) {
      if (z[j] > z[largest]) {
        largest = j;
      }
    }
    double sum = 0;
    for (float output : z) {
      sum += Math.exp((double) output - z[largest]);
    }
    loss += Math.log(sum) + z[largest] - z[label];
    correct += largest == label ? 1 : 0;
  }
}
