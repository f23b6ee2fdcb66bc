// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.cli.arguments;

import org.bcgd.spark.settings.Settings;
import picocli.CommandLine.Option;

/** Which checkpoint of a run. */
public final class CheckpointChoice {

  @Option(
      names = "--checkpoint",
      paramLabel = "FILE",
      description = "A checkpoint, or a run folder for its newest; the run folder by default.")
  private String file;

  /** A checkpoint or a run folder. */
  public String of(Settings settings) {
    return file == null ? settings.run().folder() : file;
  }
}
