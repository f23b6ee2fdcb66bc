// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.linear;

import java.util.Arrays;
import java.util.OptionalInt;
import org.bcgd.data.SoftTargets;
import org.bcgd.engine.crew.Images;
import org.bcgd.engine.onednn.Tensor;
import org.bcgd.engine.step.Phase;
import org.bcgd.engine.step.Step;
import org.bcgd.engine.step.Task;

/**
 * Softmax and cross-entropy of the logits, for the images of one thread.
 *
 * <pre>
 *   z = unit · acc + bias          in float32
 *   ℓ = log Σⱼ exp(zⱼ) − z of the label        in double
 *   ∂ℓ/∂zⱼ = exp(zⱼ) / Σ exp − [j is the label]
 * </pre>
 *
 * <p>Of images with {@link SoftTargets}, loss and gradient are those told there.
 */
public final class CrossEntropy {

  /** Where the outcome of the batch lies. */
  public static final int LOSS = 0;

  public static final int HITS = 1;

  /** The logits' sums and where their gradient goes, both [images, channels in memory]. */
  public record Memory(Tensor sums, Tensor back) {}

  private final LinearLayer layer;
  private final OptionalInt bias;
  private final double[] biasGradient; // this thread's part
  private final Memory memory;
  private final double[] outcome; // this thread's loss and hits
  private final Images images;
  private final int classes;
  private final float[] row; // [channels in memory]
  private final double[] shares; // [classes], exp((z − largest) / temperature)
  private final double[] gradient; // [classes], ∂ℓ/∂z

  public CrossEntropy(
      LinearLayer layer,
      OptionalInt bias,
      Memory memory,
      double[] biasGradient,
      double[] outcome,
      Images images,
      int classes) {
    this.layer = layer;
    this.bias = bias;
    this.biasGradient = biasGradient;
    this.memory = memory;
    this.outcome = outcome;
    this.images = images;
    this.classes = classes;
    this.row = new float[layer.unit().length];
    this.shares = new double[classes];
    this.gradient = new double[classes];
  }

  /** Loss, hits and the gradient of the logits. */
  public Task task() {
    return new Task(Phase.LOSS, this::differentiate);
  }

  private void differentiate(Step step) {
    Arrays.fill(biasGradient, 0);
    double loss = 0;
    int hits = 0;
    for (int n = 0; n < images.count(); n++) {
      int label = step.batch().labels()[images.first() + n];
      int largest = load(step, n);
      double hard = learnLabel(label, largest);
      int image = images.first() + n;
      loss +=
          step.batch()
              .softTargets()
              .map(targets -> learnTargets(targets, image, largest, hard))
              .orElse(hard);
      hits += largest == label ? 1 : 0;
      storeGradient(n);
    }
    outcome[LOSS] = loss;
    outcome[HITS] = hits;
  }

  /** Writes class probabilities to {@code target}, [batch, classes]. */
  public void classify(Step step, float[] target) {
    for (int n = 0; n < images.count(); n++) {
      double sum = exponentiate(load(step, n), 1);
      for (int j = 0; j < classes; j++) {
        target[(images.first() + n) * classes + j] = (float) (shares[j] / sum);
      }
    }
  }

  /** Reads the logits of an image and gives the index of the largest, of equal ones the first. */
  private int load(Step step, int image) {
    memory.sums().load(image * row.length, row, row.length);
    int largest = 0;
    for (int j = 0; j < classes; j++) {
      row[j] = layer.unit()[j] * row[j] + (float) step.value(bias, j, 0);
      largest = row[j] > row[largest] ? j : largest;
    }
    return largest;
  }

  private double exponentiate(int largest, double temperature) {
    double sum = 0;
    for (int j = 0; j < classes; j++) {
      shares[j] = Math.exp(((double) row[j] - row[largest]) / temperature);
      sum += shares[j];
    }
    return sum;
  }

  /** Sets the gradient of the label's cross-entropy, and gives the latter. */
  private double learnLabel(int label, int largest) {
    double sum = exponentiate(largest, 1);
    for (int j = 0; j < classes; j++) {
      gradient[j] = shares[j] / sum - (j == label ? 1 : 0);
    }
    return Math.log(sum) + row[largest] - row[label];
  }

  /** Mixes a teacher's targets into the gradient, and gives their mixture with the label's loss. */
  private double learnTargets(SoftTargets targets, int image, int largest, double hard) {
    double weight = targets.weight();
    double temperature = targets.temperature();
    double sum = exponentiate(largest, temperature);
    double soft = 0;
    for (int j = 0; j < classes; j++) {
      double q = targets.probabilities()[image * classes + j];
      soft += q * (Math.log(sum) - ((double) row[j] - row[largest]) / temperature);
      gradient[j] = (1 - weight) * gradient[j] + weight * temperature * (shares[j] / sum - q);
    }
    return (1 - weight) * hard + weight * temperature * temperature * soft;
  }

  private void storeGradient(int image) {
    for (int j = 0; j < classes; j++) {
      biasGradient[j] += gradient[j];
      row[j] = (float) gradient[j] * layer.share()[j];
    }
    Arrays.fill(row, classes, row.length, 0);
    memory.back().store(row, image * row.length, row.length);
  }
}
