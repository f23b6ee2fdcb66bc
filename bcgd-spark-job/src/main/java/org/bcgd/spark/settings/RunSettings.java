// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.settings;

import static org.bcgd.spark.settings.hocon.ValueType.longNumber;
import static org.bcgd.spark.settings.hocon.ValueType.text;
import static org.bcgd.spark.settings.hocon.ValueType.wholeNumber;

import org.bcgd.spark.settings.hocon.Section;

/**
 * Section {@code run}: where a run leaves its files and how it can be repeated.
 *
 * @param folder of checkpoints, metrics and result; any Hadoop URI
 * @param seed of every random draw
 * @param checkpointEverySteps steps from one checkpoint to the next; 0 for one at each epoch's end
 * @param keepCheckpoints how many of the newest are kept
 */
public record RunSettings(String folder, long seed, int checkpointEverySteps, int keepCheckpoints) {

  static RunSettings read(Section run) {
    return new RunSettings(
        run.required("folder", text("runs/quickstart")),
        run.value("seed", longNumber(1), 1L),
        run.value("checkpoint-every-steps", wholeNumber(0, Integer.MAX_VALUE, 500), 0),
        run.value("keep-checkpoints", wholeNumber(1, Integer.MAX_VALUE, 3), 3));
  }
}
