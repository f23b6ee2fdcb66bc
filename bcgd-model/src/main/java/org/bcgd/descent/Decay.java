// SPDX-License-Identifier: Apache-2.0
package org.bcgd.descent;

import java.util.List;

/** The factor by which the learning rate falls over the epochs. */
public sealed interface Decay {

  /** The factor at a time in epochs, fractional, from 0. */
  double at(double epoch);

  /** No decay. */
  record Constant() implements Decay {
    @Override
    public double at(double epoch) {
      return 1;
    }
  }

  /**
   * {@code factor} to the number of milestones passed; a milestone is passed when its epoch begins.
   */
  record Step(List<Integer> milestones, double factor) implements Decay {
    public Step {
      milestones = List.copyOf(milestones);
    }

    @Override
    public double at(double epoch) {
      return Math.pow(factor, milestones.stream().filter(m -> m <= epoch).count());
    }
  }

  /** Half a cosine from 1 to 0 over {@code epochs}: (1 + cos(π·t/epochs)) / 2. */
  record Cosine(int epochs) implements Decay {
    @Override
    public double at(double epoch) {
      return (1 + StrictMath.cos(Math.PI * Math.min(epoch / epochs, 1))) / 2;
    }
  }
}
