// SPDX-License-Identifier: Apache-2.0
package org.bcgd.descent;

/**
 * How much of the quantized weights is blended into the float weights in each step.
 *
 * <pre>
 *   ρ(epoch) = min(rho · growthᵉᵖᵒᶜʰ, maximum)
 * </pre>
 *
 * @param rho ρ in the first epoch, 0..1
 * @param growth factor per epoch, at least 1; 1 keeps ρ constant
 * @param maximum the cap, at least rho and at most 1
 * @see <a href="https://arxiv.org/abs/1808.05240">Yin et al. 2018</a>, blended gradient descent
 */
public record Blending(double rho, double growth, double maximum) {

  /** ρ = 0: w_f ← w_f − η∇f(w), which may raise the loss. */
  public static final Blending BINARY_CONNECT = constant(0);

  /** ρ = 1: w_f ← w − η∇f(w), which sticks when η is small. */
  public static final Blending PROJECTED_GRADIENT = constant(1);

  public Blending {
    if (!(rho >= 0 && rho <= maximum && maximum <= 1 && growth >= 1)) {
      throw new IllegalArgumentException(
          "blending of rho "
              + rho
              + " growing by "
              + growth
              + " up to "
              + maximum
              + "; needed: 0 <= rho <= maximum <= 1 and growth >= 1");
    }
  }

  /** The same ρ in every epoch. */
  public static Blending constant(double rho) {
    return new Blending(rho, 1, rho);
  }

  /** ρ in an epoch, counted from 0. */
  public double at(long epoch) {
    return Math.min(rho * StrictMath.pow(growth, epoch), maximum);
  }
}
