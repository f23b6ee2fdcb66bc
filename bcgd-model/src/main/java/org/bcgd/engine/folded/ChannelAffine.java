// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.folded;

/**
 * What is left of a batch norm, a scale and a bias.
 *
 * <pre>
 *   y = scale[c] · (x − centre[c]) + shift[c]        each operation rounded to float32
 * </pre>
 *
 * <p>The arrays are owned by the value and must not be changed.
 *
 * @param centre [channels], or [1] for all
 * @param scale as {@code centre}
 * @param shift as {@code centre}
 */
public record ChannelAffine(float[] centre, float[] scale, float[] shift) {

  public ChannelAffine {
    if (centre.length == 0 || centre.length != scale.length || centre.length != shift.length) {
      throw new IllegalArgumentException(
          centre.length + " centres, " + scale.length + " scales, " + shift.length + " shifts");
    }
  }

  /** y = factor · x in every channel. */
  public static ChannelAffine factor(float factor) {
    return new ChannelAffine(new float[1], new float[] {factor}, new float[1]);
  }

  /** Whether one scale and shift serve all channels. */
  public boolean isUniform() {
    return centre.length == 1;
  }

  /** y of {@code x} in a channel. */
  public float apply(float x, int channel) {
    int c = isUniform() ? 0 : channel;
    return scale[c] * (x - centre[c]) + shift[c];
  }
}
