// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.folder;

import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.package$;

/** Names and versions of what computes: part of every result, since bits depend on it. */
public final class Software {

  private static final String DEVELOPMENT = "development";

  private Software() {}

  /** The version of the job jar; development when its classes come from elsewhere. */
  public static String version() {
    String version = Software.class.getPackage().getImplementationVersion();
    return version == null ? DEVELOPMENT : version;
  }

  /** The version of Spark. */
  public static String sparkVersion() {
    return package$.MODULE$.SPARK_VERSION();
  }

  /** Name to version. */
  public static Map<String, String> versions() {
    return new TreeMap<>(
        Map.of(
            "bcgd", version(),
            "spark", sparkVersion(),
            "java", System.getProperty("java.runtime.version"),
            "os", System.getProperty("os.name") + " " + System.getProperty("os.version"),
            "architecture", System.getProperty("os.arch")));
  }
}
