// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.run;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * A run in a Spark application that is somebody else's: it talks where Spark does, and once it is
 * closed, jobs of this thread have the description that they had before.
 */
public final class GuestRun implements AutoCloseable {

  private static final String SHOW_PROGRESS = "spark.ui.showConsoleProgress";
  private static final String DESCRIPTION = "spark.job.description";

  private final JavaSparkContext spark;
  private final String description; // null where there is none

  /** Begins a run in this application. */
  public GuestRun(JavaSparkContext spark) {
    this.spark = spark;
    this.description = spark.getLocalProperty(DESCRIPTION);
  }

  /** The application. */
  public JavaSparkContext spark() {
    return spark;
  }

  /** Where a person reads how it goes: where Spark shows its own progress, if it does. */
  public PrintStream out() {
    return spark.getConf().getBoolean(SHOW_PROGRESS, false)
        ? System.err
        : new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    spark.setLocalProperty(DESCRIPTION, description);
  }
}
