// SPDX-License-Identifier: Apache-2.0
package org.bcgd.theory.sampling;

import java.util.Arrays;
import org.bcgd.quantization.CoarseDerivative;
import org.bcgd.randomness.GaussianSequence;
import org.bcgd.randomness.RandomKey;
import org.bcgd.theory.PopulationLoss;
import org.bcgd.theory.Student;
import org.bcgd.theory.Teacher;

/**
 * What one sample Z says of a student: the loss, its gradient in v, and for each proxy μ the coarse
 * gradient in w and its product with the true one.
 *
 * <pre>
 *   d = vᵀσ(Zw) − v*ᵀσ(Zw*)
 *   [0] ½ d²      [1..m] d σ(Zw)      then for each μ: Zᵀ(μ′(Zw) ⊙ v) d  [n],  ⟨that, ∂f/∂w⟩
 * </pre>
 */
public final class SampledPoint implements SampleFunction {

  private static final long serialVersionUID = 1;
  private static final CoarseDerivative[] PROXIES = CoarseDerivative.values();

  /** The quantity that is the loss. */
  public static final int LOSS = 0;

  private final GaussianSequence gaussians;
  private final double[] teacherOutputs; // [m]
  private final double[] teacherFilter; // [n]
  private final double[] outputs; // [m]
  private final double[] filter; // [n]
  private final double[] trueGradient; // [n]

  /**
   * @param key of the samples
   */
  public SampledPoint(Teacher teacher, Student student, RandomKey key) {
    gaussians = new GaussianSequence(key);
    teacherOutputs = teacher.outputs().toArray();
    teacherFilter = teacher.filter().toArray();
    outputs = student.outputs().toArray();
    filter = student.filter().toArray();
    trueGradient = new PopulationLoss(teacher).byFilter(student).toArray();
  }

  /** The quantity that is ∂ℓ/∂vᵢ. */
  public int byOutput(int i) {
    return 1 + i;
  }

  /** The quantity that is component j of the coarse gradient of a proxy. */
  public int byFilter(CoarseDerivative proxy, int j) {
    return 1 + outputs.length + proxy.ordinal() * (filter.length + 1) + j;
  }

  /** The quantity that is the product of a proxy's coarse gradient with the true gradient. */
  public int correlation(CoarseDerivative proxy) {
    return byFilter(proxy, filter.length);
  }

  @Override
  public int size() {
    return 1 + outputs.length + PROXIES.length * (filter.length + 1);
  }

  @Override
  public void at(long sample, double[] values) {
    at(input(sample), values);
  }

  /** The input Z of a sample, [m, n]. */
  double[] input(long sample) {
    double[] z = new double[outputs.length * filter.length];
    // An even stride: numbers come in pairs.
    gaussians.fill(sample * (z.length + (z.length & 1)), z);
    return z;
  }

  /** Writes the quantities at the input z, [m, n]. */
  void at(double[] z, double[] values) {
    Arrays.fill(values, 0);
    for (int i = 0; i < outputs.length; i++) {
      double own = product(z, i, filter);
      values[byOutput(i)] = own > 0 ? 1 : 0;
      for (CoarseDerivative proxy : PROXIES) {
        addRow(z, i, outputs[i] * proxy.at((float) own, 1, 1), values, byFilter(proxy, 0));
      }
    }
    double difference = difference(z);
    for (int i = 1; i < values.length; i++) {
      values[i] *= difference;
    }
    values[LOSS] = difference * difference / 2;
    for (CoarseDerivative proxy : PROXIES) {
      values[correlation(proxy)] = correlation(values, byFilter(proxy, 0));
    }
  }

  /** d at the input z, [m, n]; the loss is ½ d². */
  double difference(double[] z) {
    double difference = 0;
    for (int i = 0; i < outputs.length; i++) {
      difference += product(z, i, filter) > 0 ? outputs[i] : 0;
      difference -= product(z, i, teacherFilter) > 0 ? teacherOutputs[i] : 0;
    }
    return difference;
  }

  private double correlation(double[] values, int at) {
    double sum = 0;
    for (int j = 0; j < trueGradient.length; j++) {
      sum += values[at + j] * trueGradient[j];
    }
    return sum;
  }

  private void addRow(double[] z, int row, double factor, double[] values, int at) {
    for (int j = 0; j < filter.length; j++) {
      values[at + j] += factor * z[row * filter.length + j];
    }
  }

  private static double product(double[] z, int row, double[] filter) {
    double sum = 0;
    for (int j = 0; j < filter.length; j++) {
      sum += z[row * filter.length + j] * filter[j];
    }
    return sum;
  }
}
