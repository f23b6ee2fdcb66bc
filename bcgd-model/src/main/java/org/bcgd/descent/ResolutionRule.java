// SPDX-License-Identifier: Apache-2.0
package org.bcgd.descent;

/**
 * How the resolutions α follow their gradient: with a learning rate of their own and within bounds.
 *
 * @param rateFactor η_α / η; 0.01 in the paper, so that α neither vanishes nor blows up
 * @param gradientClip bound on |g_α| before momentum; infinite for none (the authors' code has 1)
 * @param minimum the least α
 * @param maximum the largest α
 */
public record ResolutionRule(
    double rateFactor, double gradientClip, double minimum, double maximum) {

  public ResolutionRule {
    if (!(rateFactor >= 0 && gradientClip > 0 && minimum > 0 && minimum <= maximum)) {
      throw new IllegalArgumentException(
          "resolution rule of rate factor "
              + rateFactor
              + ", clip "
              + gradientClip
              + ", bounds "
              + minimum
              + " to "
              + maximum);
    }
  }
}
