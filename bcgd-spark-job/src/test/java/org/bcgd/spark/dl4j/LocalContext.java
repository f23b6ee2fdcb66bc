// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.dl4j;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A Spark of two threads for the tests of a class. */
final class LocalContext implements BeforeAllCallback, AfterAllCallback {

  private JavaSparkContext spark;

  @Override
  public void beforeAll(ExtensionContext context) {
    spark = of(2);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    spark.stop();
  }

  JavaSparkContext spark() {
    return spark;
  }

  /** A Spark of so many threads. */
  static JavaSparkContext of(int threads) {
    return new JavaSparkContext(
        new SparkConf().setMaster("local[" + threads + "]").setAppName("dl4j"));
  }
}
