// SPDX-License-Identifier: Apache-2.0
package org.bcgd.theory.statement;

import java.util.Comparator;
import java.util.List;
import org.apache.commons.math3.linear.RealVector;
import org.bcgd.theory.sampling.SampleMoments;

/**
 * A number from a formula beside the same number from samples.
 *
 * @param predicted by the formula
 * @param measured mean of the samples
 * @param standardError of that mean
 */
record Comparison(double predicted, double measured, double standardError) {

  static Comparison of(double predicted, SampleMoments moments, int quantity) {
    return new Comparison(predicted, moments.mean(quantity), moments.standardError(quantity));
  }

  /** The component of a vector that is farthest off; the components are consecutive quantities. */
  static Comparison worst(RealVector predicted, SampleMoments moments, int first) {
    Comparison worst = of(predicted.getEntry(0), moments, first);
    for (int i = 1; i < predicted.getDimension(); i++) {
      Comparison next = of(predicted.getEntry(i), moments, first + i);
      worst = next.error() > worst.error() ? next : worst;
    }
    return worst;
  }

  static Comparison worst(List<Comparison> all) {
    return all.stream().max(Comparator.comparingDouble(Comparison::error)).orElseThrow();
  }

  Finding finding(String source, String claim) {
    return Finding.sampled(source, claim, predicted, measured, standardError);
  }

  /** In standard errors; 0 where a quantity that does not vary is met exactly. */
  private double error() {
    double distance = Math.abs(measured - predicted);
    return distance == 0 ? 0 : distance / standardError;
  }
}
