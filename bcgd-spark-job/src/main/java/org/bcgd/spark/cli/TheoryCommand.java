// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import org.bcgd.failure.SettingsException;
import org.bcgd.spark.cli.table.Table;
import org.bcgd.spark.folder.Software;
import org.bcgd.spark.storage.Folder;
import org.bcgd.spark.theory.SparkSampler;
import org.bcgd.spark.theory.TheoryFolder;
import org.bcgd.theory.statement.Finding;
import org.bcgd.theory.statement.TheoryStudy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Holds every statement of the theory against computation. */
@Command(
    name = "theory",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Holds every statement of the theory against computation: closed forms against samples,",
      "critical points, the iteration, finite samples, sufficient descent. Draws the pictures.",
      "Equal options give equal bits on any number of cores and executors."
    })
final class TheoryCommand implements Callable<Integer> {

  /** Exit code where a statement does not stand. */
  static final int REFUTED = 4;

  @Option(
      names = "--samples",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "Samples of Z for each expectation, at least 2; default ${DEFAULT-VALUE}.")
  private long samples;

  @Option(
      names = "--dimension",
      paramLabel = "N",
      defaultValue = "6",
      description = "Rows and columns of Z, at least 2; default ${DEFAULT-VALUE}.")
  private int dimension;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seed of all that is drawn at random; default ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--output",
      paramLabel = "FOLDER",
      defaultValue = "runs/theory",
      description = "Where to write, on any Hadoop file system; default ${DEFAULT-VALUE}.")
  private String output;

  @Override
  public Integer call() {
    if (samples < 2 || dimension < 2) {
      throw new SettingsException(
          "--samples is %d and --dimension is %d; both must be at least 2."
              .formatted(samples, dimension));
    }
    TheoryStudy study = new TheoryStudy(samples, seed, dimension);
    try (JavaSparkContext spark = SparkStart.of("theory")) {
      List<Finding> findings = findings(study.parts(new SparkSampler(spark)));
      System.out.println(table(findings));
      Folder folder = Folder.at(output, spark.hadoopConfiguration());
      new TheoryFolder(folder).write(study, Software.versions(), findings);
      long refuted = findings.stream().filter(finding -> !finding.holds()).count();
      System.out.printf(
          "%d of %d statements hold; table and pictures are in %s%n",
          findings.size() - refuted, findings.size(), folder);
      return refuted == 0 ? 0 : REFUTED;
    }
  }

  private static List<Finding> findings(List<TheoryStudy.Part> parts) {
    List<Finding> findings = new ArrayList<>();
    long start = System.nanoTime();
    for (int done = 0; done < parts.size(); done++) {
      TheoryStudy.Part part = parts.get(done);
      System.out.printf(
          "%d/%d %s ...%s%n",
          done + 1, parts.size(), part.name(), left(System.nanoTime() - start, done, parts.size()));
      findings.addAll(part.findings().get());
    }
    return findings;
  }

  /** The time left, as though every part took as long as those that are done. */
  private static String left(long nanoseconds, int done, int parts) {
    double seconds = nanoseconds / 1e9;
    return done == 0 ? "" : " about %.0f s left".formatted(seconds / done * (parts - done));
  }

  private static Table table(List<Finding> findings) {
    return new Table(
        List.of("source", "claim", "predicted", "measured", "error", "verdict"),
        findings.stream().map(TheoryCommand::row).toList());
  }

  private static List<String> row(Finding finding) {
    return List.of(
        finding.source(),
        finding.claim(),
        finding.relation().sign() + " " + number(finding.predicted()),
        number(finding.measured()),
        error(finding),
        finding.holds() ? "holds" : "FAILS");
  }

  private static String error(Finding finding) {
    if (finding.relation() != Finding.Relation.EQUAL) {
      return "";
    }
    return finding.standardError() > 0
        ? "%.2f s.e.".formatted(finding.error())
        : "%.1e".formatted(finding.error());
  }

  private static String number(double value) {
    boolean isPlain = value == 0 || (Math.abs(value) >= 1e-4 && Math.abs(value) < 1e6);
    if (isPlain && value == Math.rint(value)) {
      return "%,d".formatted(Math.round(value));
    }
    return (isPlain ? "%.5f" : "%.3e").formatted(value);
  }
}
