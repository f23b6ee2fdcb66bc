// SPDX-License-Identifier: Apache-2.0
package org.bcgd.theory.statement;

import java.util.ArrayList;
import java.util.List;
import org.bcgd.randomness.RandomKey;
import org.bcgd.theory.Teacher;
import org.bcgd.theory.sampling.Sampler;

/**
 * All statements for one random teacher.
 *
 * @param samples of Z for each expectation, at least 2
 * @param seed of everything that is drawn
 * @param dimension m = n, at least 2
 */
public record TheoryStudy(long samples, long seed, int dimension) {

  private static final int ITERATION = 2;
  private static final int FINITE = 3;
  private static final int QUADRATIC = 4;

  public TheoryStudy {
    if (samples < 2 || dimension < 2) {
      throw new IllegalArgumentException(
          samples + " samples and dimension " + dimension + "; both must be at least 2");
    }
  }

  /** What came of each statement, with averages by that sampler. */
  public List<Finding> findings(Sampler sampler) {
    List<Finding> findings = new ArrayList<>();
    findings.addAll(new SampledStatements(teacher(), sampler, samples, part(0)).findings());
    findings.addAll(new GradientStatements(teacher(), part(1)).findings());
    findings.addAll(new LandscapeStatements(teacher(), part(1)).findings());
    findings.addAll(new IterationStatements(teacher(), part(ITERATION)).findings());
    findings.addAll(finiteSamples(sampler).findings(samples));
    findings.addAll(new QuadraticStatements(part(QUADRATIC)).findings());
    return findings;
  }

  /** The pictures. */
  public List<Figure> figures() {
    TheoryFigures figures = new TheoryFigures(teacher());
    return List.of(
        figures.correlation(),
        figures.landscape(),
        figures.iterationLoss(part(ITERATION)),
        figures.iterationAngle(part(ITERATION)),
        figures.instability(),
        figures.finiteSamples(finiteSamples(Sampler.LOCAL)),
        figures.sufficientDescent(part(QUADRATIC)));
  }

  private FiniteSampleStatements finiteSamples(Sampler sampler) {
    return new FiniteSampleStatements(teacher(), sampler, part(FINITE));
  }

  private Teacher teacher() {
    return Teacher.draw(dimension, part(-1));
  }

  private RandomKey part(int number) {
    return RandomKey.of(seed).with(number);
  }
}
