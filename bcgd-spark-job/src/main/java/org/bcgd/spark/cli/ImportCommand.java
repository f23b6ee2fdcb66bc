// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.bcgd.importing.Naming;
import org.bcgd.spark.cli.arguments.SettingsArguments;
import org.bcgd.spark.cli.arguments.Words;
import org.bcgd.spark.folder.ImportedRun;
import org.bcgd.spark.folder.Software;
import org.bcgd.spark.settings.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Takes over weights that another program has trained. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = {
      "Fills the float network of the settings from a safetensors file and leaves a checkpoint in",
      "the run folder, to be evaluated, trained on, or named in initial-weights.from."
    })
final class ImportCommand implements Callable<Integer> {

  @Mixin private SettingsArguments arguments;

  @Option(
      names = "--from",
      required = true,
      paramLabel = "FILE",
      description = "A safetensors file, any Hadoop URI.")
  private String file;

  @Option(
      names = "--naming",
      required = true,
      paramLabel = "NAMING",
      converter = Words.Namings.class,
      completionCandidates = Words.Namings.class,
      description = "How the file names its tensors: ${COMPLETION-CANDIDATES}.")
  private Naming naming;

  @Option(
      names = "--fresh",
      paramLabel = "PATTERN",
      description = {
        "Parameters of the tensors that match, such as 'layer4.*', start afresh, drawn by run.seed;",
        "can be repeated. Any other tensor that is missing is an error."
      })
  private List<String> fresh = new ArrayList<>();

  @Override
  public Integer call() {
    Settings settings = arguments.read();
    ImportedRun run =
        ImportedRun.write(settings, file, naming, fresh, Software.versions(), SparkStart.hadoop());
    System.out.printf(
        "%s: %d parameters from %s, %d fixed by the naming, %d started afresh; see %s%n",
        run.network(),
        run.weights().taken().size(),
        file,
        run.weights().constant().size(),
        run.weights().fresh().size(),
        settings.run().folder());
    run.weights().fresh().forEach(name -> System.out.println("  afresh: " + name));
    return 0;
  }
}
