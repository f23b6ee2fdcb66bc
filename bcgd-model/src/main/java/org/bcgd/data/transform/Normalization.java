// SPDX-License-Identifier: Apache-2.0
package org.bcgd.data.transform;

import java.io.Serializable;
import org.bcgd.failure.SettingsException;

/**
 * Bytes to floats of mean about 0 and deviation about 1, for each channel c of the network.
 *
 * <pre>
 *   x ↦ (x / 255 − mean_c) / deviation_c      rounded to a multiple of 2⁻¹²
 * </pre>
 *
 * <p>A byte is some 0.02 wide there, so the rounding is within a hundredth of it. It makes the sums
 * of a first layer with low-bit weights exact in float32, in whatever order they are added, and so
 * the codes that follow the same in every program: fewer than 2²⁴ steps of 2⁻¹² are whole numbers
 * to float32.
 *
 * <p>A greyscale image serves every channel.
 */
public final class Normalization implements Serializable {

  private static final long serialVersionUID = 1;
  private static final int BYTES = 256;
  private static final float GRID = 1 << 12;

  private final float[] mean; // [C]
  private final float[] deviation; // [C]
  private final float[][] values; // [C, 256]: the float of each byte

  /**
   * @param mean of x / 255, [C]
   * @param deviation of x / 255, [C], positive
   */
  public Normalization(float[] mean, float[] deviation) {
    if (mean.length != deviation.length) {
      throw new SettingsException(
          mean.length + " means and " + deviation.length + " deviations: set one per channel");
    }
    this.mean = mean.clone();
    this.deviation = deviation.clone();
    values = new float[mean.length][BYTES];
    for (int channel = 0; channel < mean.length; channel++) {
      if (!Float.isFinite(mean[channel]) || !(deviation[channel] > 0)) {
        throw new SettingsException(
            "channel "
                + channel
                + " is normalised by mean "
                + mean[channel]
                + " and deviation "
                + deviation[channel]
                + ": set a finite mean and a positive deviation");
      }
      for (int value = 0; value < BYTES; value++) {
        float exact = (value / 255f - mean[channel]) / deviation[channel];
        values[channel][value] = (float) Math.rint(exact * GRID) / GRID;
      }
    }
  }

  /** What is subtracted, [C]. */
  public float[] mean() {
    return mean.clone();
  }

  /** What is divided by, [C]. */
  public float[] deviation() {
    return deviation.clone();
  }

  /** Number of channels C. */
  public int channels() {
    return values.length;
  }

  /** Writes {@code image} as [C, H, W] from {@code offset} of {@code target}. */
  void write(Pixels image, float[] target, int offset) {
    int area = image.shape().height() * image.shape().width();
    for (int channel = 0; channel < values.length; channel++) {
      int seen = image.shape().channels() == 1 ? 0 : channel;
      image.writePlane(seen, values[channel], target, offset + channel * area);
    }
  }
}
