// SPDX-License-Identifier: Apache-2.0
package org.bcgd.theory.statement;

import java.util.List;
import java.util.function.Supplier;
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

  /**
   * A group of statements.
   *
   * @param name what they are about
   * @param findings works them out
   */
  public record Part(String name, Supplier<List<Finding>> findings) {}

  /** The statements in groups, to be worked out with averages by that sampler. */
  public List<Part> parts(Sampler sampler) {
    return List.of(
        new Part(
            "closed forms against samples",
            () -> new SampledStatements(teacher(), sampler, samples, part(0)).findings()),
        new Part(
            "gradients at random points",
            () -> new GradientStatements(teacher(), part(1)).findings()),
        new Part("critical points", () -> new LandscapeStatements(teacher(), part(1)).findings()),
        new Part(
            "the iteration", () -> new IterationStatements(teacher(), part(ITERATION)).findings()),
        new Part("finite samples", () -> finiteSamples(sampler).findings(samples)),
        new Part("sufficient descent", () -> new QuadraticStatements(part(QUADRATIC)).findings()));
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
