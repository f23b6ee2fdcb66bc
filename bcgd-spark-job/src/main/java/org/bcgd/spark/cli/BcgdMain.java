// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.cli;

import java.util.Optional;
import org.bcgd.failure.UserErrorException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;

/** The program that spark-submit starts. */
@Command(
    name = "bcgd",
    mixinStandardHelpOptions = true,
    versionProvider = VersionLine.class,
    description = "Trains quantized networks by blended coarse gradient descent on Spark.",
    synopsisSubcommandLabel = "VERB",
    subcommands = {
      PrepareCommand.class,
      ImportCommand.class,
      TrainCommand.class,
      EvaluateCommand.class,
      ExportCommand.class,
      PredictCommand.class,
      InfoCommand.class,
      ValidateCommand.class,
      BenchCommand.class,
      ReportCommand.class,
      TheoryCommand.class
    },
    footerHeading = "%nExit codes:%n",
    footer = {
      "  0  done",
      "  1  an unexpected error; the stack trace is printed",
      "  2  settings or command line cannot be used",
      "  3  a dataset is missing, damaged or does not fit",
      "  4  a statement of the theory is refuted",
      "  5  the training diverged",
      "  6  a checkpoint is damaged or of another network",
      "  7  a folder cannot be read or written"
    })
public final class BcgdMain {

  private static final int UNEXPECTED = 1;

  private BcgdMain() {}

  /** Runs a verb. Leaves by System.exit only if it failed, so that YARN sees a success as one. */
  public static void main(String[] arguments) {
    int exitCode = run(arguments);
    if (exitCode != 0) {
      System.exit(exitCode);
    }
  }

  /** Runs a verb and returns its exit code. */
  static int run(String... arguments) {
    return new CommandLine(new BcgdMain())
        .setExecutionExceptionHandler(BcgdMain::tell)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .execute(arguments);
  }

  private static int tell(Exception failure, CommandLine command, ParseResult parsed) {
    // A failure on an executor arrives wrapped in Spark's.
    Optional<UserErrorException> told = UserErrorException.behind(failure);
    if (told.isEmpty()) {
      failure.printStackTrace(command.getErr());
    }
    command
        .getErr()
        .println(
            "bcgd: " + told.map(Throwable::getMessage).orElse("an unexpected error: " + failure));
    return told.map(UserErrorException::exitCode).orElse(UNEXPECTED);
  }
}
