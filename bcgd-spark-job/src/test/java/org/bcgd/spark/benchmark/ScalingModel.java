// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.benchmark;

/**
 * Seconds of a step on W workers of one shard each, by arithmetic and without a network: what the
 * links allow, given what one worker was measured to compute. Every node has one link of b bytes a
 * second in each direction; nothing overlaps.
 *
 * <pre>
 *   T         = compute + driver + launch + down + shuffle + gather
 *   launch    = stages · l₀ + W · l₁
 *   down      = D/b · (1 + log₂ W / blocks)       blocks = ⌈D / 256 KiB⌉
 *   flat      : shuffle = 0                       gather = W · U / b
 *   sliced    : shuffle = max(1, W/S) · U / b     gather = 4n / b         S = min(W, 64)
 * </pre>
 *
 * @param values n, parameters of the network
 * @param down D, bytes of the packed weights
 * @param up U, bytes of a shard's gradient
 * @param compute seconds of a worker for its images
 * @param driver seconds of the driver for projection, packing and update
 */
record ScalingModel(long values, long down, long up, double compute, double driver) {

  private static final double STAGE = 0.010; // l₀, seconds
  private static final double TASK = 0.001; // l₁, seconds
  private static final double BLOCK = 256 << 10;
  private static final int MOST_SLICES = 64;

  double flat(int workers, double bytesPerSecond) {
    return rest(workers, 1, bytesPerSecond) + workers * up / bytesPerSecond;
  }

  double sliced(int workers, double bytesPerSecond) {
    double shuffle = Math.max(1.0, (double) workers / MOST_SLICES) * up / bytesPerSecond;
    return rest(workers, 2, bytesPerSecond) + shuffle + 4 * values / bytesPerSecond;
  }

  private double rest(int workers, int stages, double bytesPerSecond) {
    double blocks = Math.ceil(down / BLOCK);
    double broadcast = down / bytesPerSecond * (1 + Math.log(workers) / Math.log(2) / blocks);
    return compute + driver + stages * STAGE + workers * TASK + broadcast;
  }

  /**
   * Prints a table.
   *
   * @param arguments n, D, seconds of compute, seconds of the driver
   */
  public static void main(String[] arguments) {
    long values = Long.parseLong(arguments[0]);
    long down = Long.parseLong(arguments[1]);
    double compute = Double.parseDouble(arguments[2]);
    double driver = Double.parseDouble(arguments[3]);
    for (int workers : new int[] {8, 64, 256}) {
      for (double gigabits : new double[] {1, 10, 25}) {
        double rate = gigabits * 1e9 / 8;
        StringBuilder line = new StringBuilder("| %d | %.0f |".formatted(workers, gigabits));
        line.append(
            cell(
                new ScalingModel(values, down, 4 * values, compute, driver).flat(workers, rate),
                compute));
        for (int bytes : new int[] {4, 2, 1}) {
          ScalingModel model = new ScalingModel(values, down, bytes * values, compute, driver);
          line.append(cell(model.sliced(workers, rate), compute));
        }
        System.out.println(line);
      }
    }
  }

  /** Milliseconds of a step, and the share of it that workers compute. */
  private static String cell(double seconds, double compute) {
    return " %.0f (%.0f %%) |".formatted(1e3 * seconds, 100 * compute / seconds);
  }
}
