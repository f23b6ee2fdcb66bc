// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.folded;

import java.util.Optional;

/**
 * Finds one multiplication and one addition that give, after rounding to nearest, the very codes of
 * a scale, shift and staircase for every sum that a layer can have.
 *
 * <pre>
 *   code(s) = staircase(affine(s))                      float32, as the training engine computes it
 *           = round(min(max((s + b) · a, 0), L))        for every whole s in −S..S
 * </pre>
 *
 * <p>The codes are monotone in s, so at most L whole numbers matter: t[k], the first sum, counted
 * in the direction in which codes grow, whose code is at least k. The line a·(s + b) must pass
 * below k − ½ at the sum before t[k] and above it at t[k], with room for every error of float32.
 */
public final class Requantizing {

  private static final double ROOM = 2e-5; // in codes; an error of float32 is below 4e-6 there
  private static final int SLOPES = 41; // slopes to be tried about the given one

  /**
   * How sums become codes.
   *
   * @param shift b, [channels]
   * @param scale a, [channels]
   * @param top L
   */
  public record Coefficients(float[] shift, float[] scale, int top) {}

  private final ChannelAffine affine;
  private final FoldedLayer.Staircase staircase;
  private final int levels;
  private final int grid;
  private final float[] shift; // [channels]
  private final float[] scale; // [channels]

  private Requantizing(
      ChannelAffine affine, FoldedLayer.Staircase staircase, int channels, int grid) {
    this.affine = affine;
    this.staircase = staircase;
    this.levels = staircase.quantizer().levels();
    this.grid = grid;
    this.shift = new float[channels];
    this.scale = new float[channels];
  }

  /**
   * The coefficients of all channels, or empty if some channel has none.
   *
   * @param reach the largest magnitude of a sum, for each channel
   * @param grid b shall be a multiple of 1 / grid; 0 if it may be any number
   */
  public static Optional<Coefficients> find(
      ChannelAffine affine, FoldedLayer.Staircase staircase, int[] reach, int grid) {
    Requantizing search = new Requantizing(affine, staircase, reach.length, grid);
    for (int c = 0; c < reach.length; c++) {
      if (!search.solve(c, reach[c])) {
        return Optional.empty();
      }
    }
    return Optional.of(new Coefficients(search.shift, search.scale, search.levels));
  }

  private boolean solve(int channel, int reach) {
    int rising = code(channel, reach) >= code(channel, -reach) ? 1 : -1;
    int[] thresholds = new int[levels + 1]; // in units of rising; reach + 1 if never
    for (int k = 1; k <= levels; k++) {
      thresholds[k] = threshold(channel, k, rising, reach);
    }
    double slope = slope(channel, reach);
    for (int i = 0; i < SLOPES; i++) {
      int step = (i + 1) / 2 * (i % 2 == 0 ? 1 : -1);
      if (fit(channel, slope * (1 + 1e-4 * step), rising, thresholds, reach)) {
        return true;
      }
    }
    return false;
  }

  private int code(int channel, int sum) {
    return staircase.quantizer().code(affine.apply(sum, channel), staircase.resolution());
  }

  /**
   * The first s with code(rising · s) ≥ k in −reach..reach, or reach + 1: from where it would be
   * without rounding, a few steps at most.
   */
  private int threshold(int channel, int k, int rising, int reach) {
    int c = affine.isUniform() ? 0 : channel;
    if (affine.scale()[c] == 0) {
      return code(channel, 0) >= k ? -reach : reach + 1;
    }
    float edge = (k - 1) * staircase.resolution();
    double guess = (edge - affine.shift()[c]) / affine.scale()[c] + affine.centre()[c];
    int s = (int) Math.max(-reach, Math.min(reach + 1.0, Math.ceil(rising * guess)));
    while (s > -reach && code(channel, rising * (s - 1)) >= k) {
      s--;
    }
    while (s <= reach && code(channel, rising * s) < k) {
      s++;
    }
    return s;
  }

  /** Codes per sum, positive; where they do not depend on the sum, too little to matter. */
  private double slope(int channel, int reach) {
    int c = affine.isUniform() ? 0 : channel;
    double slope = Math.abs((double) affine.scale()[c]) / staircase.resolution();
    return Math.max(slope, 0.25 / (reach + 1));
  }

  /** Sets the coefficients of a channel if the slope allows some. */
  private boolean fit(int channel, double slope, int rising, int[] thresholds, int reach) {
    double least = Double.NEGATIVE_INFINITY;
    double most = Double.POSITIVE_INFINITY;
    for (int k = 1; k <= levels; k++) {
      if (thresholds[k] <= reach) {
        least = Math.max(least, k - 0.5 - slope * thresholds[k]);
      }
      if (thresholds[k] > -reach) {
        most = Math.min(most, k - 0.5 - slope * (thresholds[k] - 1.0));
      }
    }
    if (least == Double.NEGATIVE_INFINITY) {
      least = most - 1;
    } else if (most == Double.POSITIVE_INFINITY) {
      most = least + 1;
    }
    double offset = (least + most) / 2;
    scale[channel] = (float) (rising * slope);
    double exact = offset / scale[channel];
    shift[channel] = (float) (grid == 0 ? exact : Math.rint(exact * grid) / grid);
    return keepsRoom(channel, rising, thresholds, reach);
  }

  /** Whether the rounded coefficients keep clear of every edge, whichever way they are applied. */
  private boolean keepsRoom(int channel, int rising, int[] thresholds, int reach) {
    double a = scale[channel];
    double b = shift[channel];
    double room = ROOM * Math.max(1, Math.abs(a * b) / 16);
    for (int k = 1; k <= levels; k++) {
      double edge = k - 0.5;
      int first = thresholds[k];
      boolean above = first > reach || (rising * (double) first + b) * a >= edge + room;
      boolean below = first <= -reach || (rising * (first - 1.0) + b) * a <= edge - room;
      if (!above || !below) {
        return false;
      }
    }
    return Float.isFinite(scale[channel]) && Float.isFinite(shift[channel]);
  }
}
