// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The launcher as users call it, a process of its own.
 *
 * @param log the file that takes what it prints
 * @param environment variables beside those of this process
 */
record Launcher(Path log, Map<String, String> environment) {

  private static final Path PROGRAM = Path.of("..", "deploy", "bcgd");

  /** Waits for the end and returns the exit code. */
  int run(List<String> options, List<String> arguments) throws Exception {
    Process process = start(options, arguments);
    try {
      if (!process.waitFor(5, TimeUnit.MINUTES)) {
        throw new IllegalStateException("does not end; it printed\n" + printed());
      }
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  Process start(List<String> options, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(PROGRAM.toString()));
    command.addAll(options);
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().keySet().removeAll(List.of("SPARK_HOME", "SPARK_CONF_DIR"));
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** What the last start of it printed. */
  String printed() throws IOException {
    return Files.readString(log);
  }
}
