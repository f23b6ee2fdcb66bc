// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.cli;

import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Tuple2;

/** How verbs come to Spark. */
final class SparkStart {

  private SparkStart() {}

  /** Hadoop's configuration as Spark would have it, for what a verb does without Spark. */
  static Configuration hadoop() {
    Configuration hadoop = new Configuration();
    for (Tuple2<String, String> option : new SparkConf().getAllWithPrefix("spark.hadoop.")) {
      hadoop.set(option._1(), option._2());
    }
    return hadoop;
  }

  /** Spark with what spark-submit was told, or on this machine when started without it. */
  static JavaSparkContext of(String title) {
    return new JavaSparkContext(
        new SparkConf().setAppName("BCGD " + title).setIfMissing("spark.master", "local[*]"));
  }
}
