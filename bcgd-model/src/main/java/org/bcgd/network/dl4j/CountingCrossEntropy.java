// SPDX-License-Identifier: Apache-2.0
package org.bcgd.network.dl4j;

import java.util.Arrays;
import org.bcgd.data.Batch;
import org.bcgd.data.SoftTargets;
import org.bcgd.network.layer.RowMajor;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Softmax cross-entropy that also counts hits, as it is where a graph shows the outputs of its
 * training pass.
 *
 * <pre>
 *   ℓ = log Σⱼ exp(zⱼ) − z of the label      in double, without the clipping of LossMCXENT
 * </pre>
 *
 * <p>Of images with {@link SoftTargets}, loss and gradient are those told there.
 */
final class CountingCrossEntropy extends LossMCXENT {

  private static final long serialVersionUID = 1;

  private transient int[] labels; // [N]
  private transient SoftTargets targets; // null without a teacher
  private transient double loss; // Σ over samples, nats
  private transient int correct;

  /** Starts over with the labels and targets of the next batch. */
  void expect(Batch batch) {
    labels = batch.labels();
    targets = batch.softTargets().orElse(null);
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
      addSample(n, Arrays.copyOfRange(z, n * classes, (n + 1) * classes));
    }
    return loss;
  }

  @Override
  public INDArray computeGradient(
      INDArray oneHot, INDArray outputs, IActivation softmax, INDArray mask) {
    if (targets == null) {
      return super.computeGradient(oneHot, outputs, softmax, mask);
    }
    double weight = targets.weight();
    double temperature = targets.temperature();
    INDArray soft = Nd4j.create(targets.probabilities(), outputs.shape(), 'c');
    INDArray byLabel = Transforms.softmax(outputs).subi(oneHot);
    INDArray byTeacher = Transforms.softmax(outputs.div(temperature)).subi(soft);
    return byLabel.muli(1 - weight).addi(byTeacher.muli(weight * temperature));
  }

  private void addSample(int n, float[] z) {
    int largest = 0;
    for (int j = 1; j < z.length; j++) {
      if (z[j] > z[largest]) {
        largest = j;
      }
    }
    double hard = -logSoftmax(z, largest, 1)[labels[n]];
    loss += targets == null ? hard : mixed(n, hard, logSoftmax(z, largest, targets.temperature()));
    correct += largest == labels[n] ? 1 : 0;
  }

  private double mixed(int n, double hard, double[] logSoftmax) {
    double soft = 0;
    for (int j = 0; j < logSoftmax.length; j++) {
      soft -= targets.probabilities()[n * logSoftmax.length + j] * logSoftmax[j];
    }
    double squared = targets.temperature() * targets.temperature();
    return (1 - targets.weight()) * hard + targets.weight() * squared * soft;
  }

  /** The logarithms of softmax(z / temperature). */
  private static double[] logSoftmax(float[] z, int largest, double temperature) {
    double sum = 0;
    for (float output : z) {
      sum += Math.exp(((double) output - z[largest]) / temperature);
    }
    double[] logarithms = new double[z.length];
    for (int j = 0; j < z.length; j++) {
      logarithms[j] = ((double) z[j] - z[largest]) / temperature - Math.log(sum);
    }
    return logarithms;
  }
}
