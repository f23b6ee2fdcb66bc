// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bcgd.spark.cli.BcgdMain;

/** The program in a process of its own, on a local Spark, with what Java opens for this one. */
public final class Fork {

  private Fork() {}

  /**
   * How to start it; errors go where its output goes.
   *
   * @param holds which entries of this class path it has
   * @param master of its Spark
   */
  public static ProcessBuilder program(
      Predicate<String> holds, String master, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx2g", "-Dspark.master=" + master, "-Dspark.ui.enabled=false"));
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-"))
        .forEach(command::add);
    String classPath =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(holds)
            .collect(Collectors.joining(File.pathSeparator));
    command.addAll(List.of("-cp", classPath, BcgdMain.class.getName()));
    command.addAll(arguments);
    return new ProcessBuilder(command).redirectErrorStream(true);
  }
}
