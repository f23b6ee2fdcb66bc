// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.cli;

import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.package$;
import picocli.CommandLine.IVersionProvider;

/** Names and versions of what computes: part of every result, since bits depend on it. */
final class Software implements IVersionProvider {

  private static final String DEVELOPMENT = "development";

  /** The version of the job jar; development when its classes come from elsewhere. */
  static String version() {
    String version = Software.class.getPackage().getImplementationVersion();
    return version == null ? DEVELOPMENT : version;
  }

  /** Name to version. */
  static Map<String, String> versions() {
    return new TreeMap<>(
        Map.of(
            "bcgd", version(),
            "spark", package$.MODULE$.SPARK_VERSION(),
            "java", System.getProperty("java.runtime.version"),
            "os", System.getProperty("os.name") + " " + System.getProperty("os.version"),
            "architecture", System.getProperty("os.arch")));
  }

  @Override
  public String[] getVersion() {
    return new String[] {"bcgd " + version() + " on Spark " + versions().get("spark")};
  }
}
