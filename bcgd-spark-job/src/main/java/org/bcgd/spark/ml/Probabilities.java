// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.ml;

/** From logits to a predicted label. */
final class Probabilities {

  private Probabilities() {}

  /**
   * Turns logits into probabilities, in place.
   *
   * <pre>
   *   p_k = exp(z_k − max z) / Σ_j exp(z_j − max z)
   * </pre>
   */
  static double[] softmax(double[] logits) {
    double largest = Double.NEGATIVE_INFINITY;
    for (double logit : logits) {
      largest = Math.max(largest, logit);
    }
    double sum = 0;
    for (int k = 0; k < logits.length; k++) {
      logits[k] = Math.exp(logits[k] - largest);
      sum += logits[k];
    }
    for (int k = 0; k < logits.length; k++) {
      logits[k] /= sum;
    }
    return logits;
  }

  /**
   * The first label of largest p_k / t_k, as Spark's classifiers have it; a threshold of 0 makes
   * the quotient infinite.
   *
   * @param thresholds t, [classes], or [0] where there are none
   */
  static double prediction(double[] probabilities, double[] thresholds) {
    int best = 0;
    double largest = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < probabilities.length; k++) {
      double scaled = thresholds.length == 0 ? probabilities[k] : probabilities[k] / thresholds[k];
      if (scaled > largest) {
        largest = scaled;
        best = k;
      }
    }
    return best;
  }
}
