// SPDX-License-Identifier: Apache-2.0
package org.bcgd.theory.statement;

/**
 * What came of a statement.
 *
 * @param source where it is stated
 * @param claim what it says, in a line
 * @param relation of what is measured to what is predicted
 * @param predicted by the statement
 * @param measured here
 * @param standardError of what is measured; 0 where nothing is drawn at random
 * @param allowed the largest |measured − predicted| that counts as equal
 */
public record Finding(
    String source,
    String claim,
    Relation relation,
    double predicted,
    double measured,
    double standardError,
    double allowed) {

  /** Beyond so many standard errors a statement counts as refuted: chance does it once in 10⁶. */
  public static final double STANDARD_ERRORS = 5;

  /** How what is measured must lie to what is predicted. */
  public enum Relation {
    /** Equal but for sampling or rounding. */
    EQUAL("="),
    /** Not above it. */
    AT_MOST("≤"),
    /** Above it. */
    ABOVE(">");

    private final String sign;

    Relation(String sign) {
      this.sign = sign;
    }

    /** Its sign in a formula. */
    public String sign() {
      return sign;
    }
  }

  /** Equal within five standard errors. */
  static Finding sampled(
      String source, String claim, double predicted, double measured, double standardError) {
    return new Finding(
        source,
        claim,
        Relation.EQUAL,
        predicted,
        measured,
        standardError,
        STANDARD_ERRORS * standardError);
  }

  /** Equal within a bound of rounding. */
  static Finding exact(
      String source, String claim, double predicted, double measured, double allowed) {
    return new Finding(source, claim, Relation.EQUAL, predicted, measured, 0, allowed);
  }

  /** At most a bound. */
  static Finding atMost(String source, String claim, double bound, double measured) {
    return new Finding(source, claim, Relation.AT_MOST, bound, measured, 0, 0);
  }

  /** Above a bound. */
  static Finding above(String source, String claim, double bound, double measured) {
    return new Finding(source, claim, Relation.ABOVE, bound, measured, 0, 0);
  }

  /** |measured − predicted|, in standard errors where something is drawn at random. */
  public double error() {
    double distance = Math.abs(measured - predicted);
    return standardError > 0 ? distance / standardError : distance;
  }

  /** Whether the statement stands; never if a number is missing. */
  public boolean holds() {
    return switch (relation) {
      case EQUAL -> Math.abs(measured - predicted) <= allowed;
      case AT_MOST -> measured <= predicted;
      case ABOVE -> measured > predicted;
    };
  }
}
