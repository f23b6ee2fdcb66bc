// SPDX-License-Identifier: Apache-2.0
package org.bcgd.benchmark;

import org.bcgd.engine.step.StepProfile;

/**
 * What was measured; times are medians in seconds.
 *
 * @param batch images of a step
 * @param step a whole training step, the driver's part included
 * @param parts of the step
 * @param classification of one batch
 * @param profile where the time of the gradient goes
 * @param bytesPerSecond that the threads together read and write when they copy memory
 * @param memory of the process up to the end of training
 */
public record StepFigures(
    int batch,
    double step,
    Parts parts,
    double classification,
    StepProfile profile,
    double bytesPerSecond,
    ProcessMemory memory) {

  /**
   * The parts of a step.
   *
   * @param projection w = Q(w_f)
   * @param packing of w for the executors
   * @param gradient the engine's part
   * @param update the blended update
   */
  public record Parts(double projection, double packing, double gradient, double update) {

    /** The driver's part. */
    public double driver() {
      return projection + packing + update;
    }
  }
}
