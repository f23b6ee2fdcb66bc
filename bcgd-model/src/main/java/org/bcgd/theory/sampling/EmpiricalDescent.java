// SPDX-License-Identifier: Apache-2.0
package org.bcgd.theory.sampling;

import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.RealVector;
import org.bcgd.quantization.CoarseDerivative;
import org.bcgd.randomness.RandomKey;
import org.bcgd.theory.PopulationLoss;
import org.bcgd.theory.Student;
import org.bcgd.theory.Teacher;

/**
 * The loss over N samples after one step along its own coarse gradient, for growing step lengths. A
 * sample of this function is a whole set of N.
 *
 * <pre>
 *   f_N(η) = (1/N) Σ ℓ(v − η ∂f_N/∂v, w − η g_N)      η = 0, η_max/K, …, η_max
 *   [0] (f_N(0) − f)²      [1] share of k with f_N(ηₖ) > f_N(ηₖ₋₁)      [2..] f_N(ηₖ), k = 0..K
 * </pre>
 *
 * <p>With few samples f_N falls only roughly; it becomes smooth and monotone as N grows.
 *
 * @see <a href="https://arxiv.org/abs/1903.05662">Yin et al. 2019</a>, remark on finite samples
 */
public final class EmpiricalDescent implements SampleFunction {

  private static final long serialVersionUID = 1;

  /** The quantity that is the squared deviation from the expected loss. */
  public static final int DEVIATION = 0;

  /** The quantity that is the share of lengths at which the loss rises. */
  public static final int RISES = 1;

  /** K, the number of step lengths. */
  public static final int LENGTHS = 20;

  private final double[][] teacher; // v*, w*
  private final double[][] student; // v, w
  private final double expected;
  private final double longest;
  private final int samples;
  private final RandomKey key;

  /**
   * @param longest η_max
   * @param samples N
   */
  public EmpiricalDescent(
      Teacher teacher, Student student, double longest, int samples, RandomKey key) {
    this.teacher = new double[][] {teacher.outputs().toArray(), teacher.filter().toArray()};
    this.student = new double[][] {student.outputs().toArray(), student.filter().toArray()};
    this.expected = new PopulationLoss(teacher).at(student);
    this.longest = longest;
    this.samples = samples;
    this.key = key;
  }

  /** η_k. */
  public double length(int k) {
    return longest * k / LENGTHS;
  }

  /** The quantity that is f_N(η_k). */
  public int loss(int k) {
    return 2 + k;
  }

  @Override
  public int size() {
    return 3 + LENGTHS;
  }

  @Override
  public void at(long set, double[] values) {
    Teacher maker = new Teacher(vector(teacher[0]), vector(teacher[1]));
    Student start = new Student(vector(student[0]), vector(student[1]));
    SampledPoint point = new SampledPoint(maker, start, key.with(set));
    double[][] inputs = new double[samples][];
    for (int n = 0; n < samples; n++) {
      inputs[n] = point.input(n);
    }
    double[] means = means(point, inputs);
    RealVector byOutputs = part(means, point.byOutput(0), teacher[0].length);
    RealVector byFilter = part(means, point.byFilter(CoarseDerivative.RELU, 0), teacher[1].length);
    values[DEVIATION] = Math.pow(means[SampledPoint.LOSS] - expected, 2);
    values[RISES] = 0;
    for (int k = 0; k <= LENGTHS; k++) {
      Student moved = start.step(length(k), byOutputs, byFilter);
      values[loss(k)] = meanLoss(new SampledPoint(maker, moved, key), inputs);
      if (k > 0 && values[loss(k)] > values[loss(k - 1)]) {
        values[RISES] += 1.0 / LENGTHS;
      }
    }
  }

  private static double[] means(SampledPoint point, double[][] inputs) {
    double[] means = new double[point.size()];
    double[] values = new double[point.size()];
    for (double[] z : inputs) {
      point.at(z, values);
      for (int i = 0; i < means.length; i++) {
        means[i] += values[i] / inputs.length;
      }
    }
    return means;
  }

  private static double meanLoss(SampledPoint point, double[][] inputs) {
    double sum = 0;
    for (double[] z : inputs) {
      double difference = point.difference(z);
      sum += difference * difference / 2;
    }
    return sum / inputs.length;
  }

  private static RealVector part(double[] values, int from, int length) {
    return new ArrayRealVector(values, from, length);
  }

  private static RealVector vector(double[] values) {
    return new ArrayRealVector(values, false);
  }
}
