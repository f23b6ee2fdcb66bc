// SPDX-License-Identifier: Apache-2.0
package org.bcgd.data;

/**
 * What a teacher makes of the images of a batch, to be learnt beside their labels.
 *
 * <pre>
 *   ℓ = (1 − κ)·H(label, softmax(z)) + κ·T²·H(q, softmax(z / T))      H(q, p) = −Σⱼ qⱼ log pⱼ
 *   ∂ℓ/∂z = (1 − κ)·(softmax(z) − [j is the label]) + κ·T·(softmax(z / T) − q)
 * </pre>
 *
 * @param probabilities q, the teacher's at temperature T, [N, classes]
 * @param weight κ, 0..1
 * @param temperature T, above 0
 * @see <a href="https://arxiv.org/abs/1503.02531">Hinton, Vinyals and Dean 2015</a>, section 2
 */
public record SoftTargets(float[] probabilities, double weight, double temperature) {

  public SoftTargets {
    if (!(weight >= 0 && weight <= 1 && temperature > 0)) {
      throw new IllegalArgumentException(
          "soft targets of weight " + weight + " and temperature " + temperature);
    }
  }

  /**
   * The targets of a teacher.
   *
   * <pre>
   *   q = softmax(z / T), which is p^(1/T) scaled to sum 1, where p = softmax(z)
   * </pre>
   *
   * @param probabilities p, the teacher's own, [N, classes]
   */
  public static SoftTargets of(
      float[] probabilities, int classes, double weight, double temperature) {
    float[] softened = new float[probabilities.length];
    for (int row = 0; row < probabilities.length; row += classes) {
      double sum = 0;
      for (int j = row; j < row + classes; j++) {
        sum += Math.pow(probabilities[j], 1 / temperature);
      }
      for (int j = row; j < row + classes; j++) {
        softened[j] = (float) (Math.pow(probabilities[j], 1 / temperature) / sum);
      }
    }
    return new SoftTargets(softened, weight, temperature);
  }
}
