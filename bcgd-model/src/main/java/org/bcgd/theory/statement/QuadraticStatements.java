// SPDX-License-Identifier: Apache-2.0
package org.bcgd.theory.statement;

import java.util.ArrayList;
import java.util.List;
import org.bcgd.quantization.BinaryQuantizer;
import org.bcgd.quantization.TernaryQuantizer;
import org.bcgd.quantization.UniformQuantizer;
import org.bcgd.quantization.WeightQuantizer;
import org.bcgd.randomness.RandomKey;
import org.bcgd.theory.quadratic.DescentTrial;

/** The sufficient descent of blending, and the lack of it without. */
final class QuadraticStatements {

  static final double ETA = 0.05;

  private final RandomKey key;

  QuadraticStatements(RandomKey key) {
    this.key = key;
  }

  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    for (WeightQuantizer exact : List.of(new BinaryQuantizer(), new TernaryQuantizer())) {
      String bits = exact.bits() == 1 ? "binary" : "ternary";
      for (double rho : new double[] {0.001, 0.01, ETA, 2 * ETA}) {
        findings.add(
            Finding.atMost(
                "sufficient descent",
                "%s, ρ = %s, η = %s: share of steps that break it".formatted(bits, rho, ETA),
                0,
                new DescentTrial(exact, rho, ETA).count(key).violationShare()));
      }
      findings.add(
          Finding.atMost(
              "sufficient descent",
              bits + ", ρ = 2ηL: share of steps in which f rises",
              0,
              new DescentTrial(exact, 2 * ETA, ETA).count(key).ascentShare()));
      findings.add(
          Finding.above(
              "BinaryConnect",
              bits + ", ρ = 0: share of steps in which f rises",
              0.1,
              new DescentTrial(exact, 0, ETA).count(key).ascentShare()));
    }
    findings.add(
        Finding.above(
            "one Lloyd step",
            "4 bits, ρ = 2ηL, not exact: share of steps that break it",
            0,
            new DescentTrial(new UniformQuantizer(4, 1), 2 * ETA, ETA)
                .count(key)
                .violationShare()));
    return findings;
  }
}
