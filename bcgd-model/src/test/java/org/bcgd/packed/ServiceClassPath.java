// SPDX-License-Identifier: Apache-2.0
package org.bcgd.packed;

import java.io.File;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The class path of a service that classifies without decoding photographs. */
public final class ServiceClassPath {

  private ServiceClassPath() {}

  /** This module and what JavaCPP needs to call oneDNN; neither Deeplearning4j nor Spark. */
  public static String text() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(
            entry ->
                new File(entry).isDirectory()
                    || new File(entry).getName().matches("(javacpp|dnnl|opencl|jna)-[0-9].*\\.jar"))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
