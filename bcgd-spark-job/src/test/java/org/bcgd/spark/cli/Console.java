// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bcgd.spark.training.TinyRun;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A terminal at which a test runs the program: on a local Spark of two threads, remembering. */
final class Console implements BeforeEachCallback, AfterEachCallback {

  private static final String MASTER = "spark.master";

  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
  private PrintStream standardOutput;
  private PrintStream standardError;

  @Override
  public void beforeEach(ExtensionContext context) {
    standardOutput = System.out;
    standardError = System.err;
    System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
    System.setProperty(MASTER, "local[2]");
  }

  @Override
  public void afterEach(ExtensionContext context) {
    System.setOut(standardOutput);
    System.setErr(standardError);
    System.clearProperty(MASTER);
  }

  /** The arguments of a verb on the settings of {@link TinyRun}, with its run folder there. */
  static String[] tiny(String verb, Path folder, String... more) {
    try {
      Path settings = Files.createTempFile("tiny", ".conf");
      settings.toFile().deleteOnExit();
      return arguments(verb, Files.writeString(settings, TinyRun.SETTINGS), folder, more);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The arguments of a verb.
   *
   * @param more options as they are, and settings that override those of the file
   */
  static String[] arguments(String verb, Path settings, Path folder, String... more) {
    List<String> arguments = new ArrayList<>(List.of(verb, settings.toString()));
    arguments.addAll(List.of("--set", "run.folder=" + folder));
    for (String argument : more) {
      arguments.addAll(argument.startsWith("--") ? List.of(argument) : List.of("--set", argument));
    }
    return arguments.toArray(String[]::new);
  }

  /** What was printed on standard output. */
  String output() {
    return output.toString(StandardCharsets.UTF_8);
  }

  /** What was printed on standard error. */
  String errors() {
    return errors.toString(StandardCharsets.UTF_8);
  }
}
