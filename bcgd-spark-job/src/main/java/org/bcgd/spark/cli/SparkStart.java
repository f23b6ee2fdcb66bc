// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.cli;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** How verbs come to Spark. */
final class SparkStart {

  private SparkStart() {}

  /** Spark with what spark-submit was told, or on this machine when started without it. */
  static JavaSparkContext of(String title) {
    return new JavaSparkContext(
        new SparkConf().setAppName("BCGD " + title).setIfMissing("spark.master", "local[*]"));
  }
}
