// SPDX-License-Identifier: Apache-2.0
package org.bcgd.descent;

/**
 * BinaryRelax: gradients are taken between the float and the quantized weights, ever nearer to the
 * latter, and at the quantized ones from an epoch on.
 *
 * <pre>
 *   w = (λQ(w_f) + w_f) / (λ + 1)      λ(epoch) = initial · growthᵉᵖᵒᶜʰ,   λ = ∞ from hardFromEpoch
 * </pre>
 *
 * @see <a href="https://arxiv.org/abs/1801.06313">Yin et al. 2018</a>, BinaryRelax
 */
public record Relaxation(double initial, double growth, int hardFromEpoch) {

  public Relaxation {
    if (!(initial > 0 && growth >= 1 && hardFromEpoch >= 0)) {
      throw new IllegalArgumentException(
          "relaxation of initial "
              + initial
              + ", growth "
              + growth
              + ", hard from epoch "
              + hardFromEpoch
              + "; needed: initial > 0, growth >= 1, epoch >= 0");
    }
  }

  /** Whether w = Q(w_f) in an epoch. */
  public boolean isHard(long epoch) {
    return epoch >= hardFromEpoch;
  }

  /** The share of Q(w_f) in w in an epoch: λ / (λ + 1). */
  public double quantizedShare(long epoch) {
    double lambda = initial * StrictMath.pow(growth, epoch);
    return lambda / (lambda + 1);
  }
}
