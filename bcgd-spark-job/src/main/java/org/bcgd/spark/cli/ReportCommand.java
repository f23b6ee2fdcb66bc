// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.bcgd.spark.page.PageFiles;
import org.bcgd.spark.page.RunPage;
import org.bcgd.spark.page.RunRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a page on runs. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description = {
      "Writes one self-contained HTML page on a run, or on several side by side: curves, layers,",
      "confusion, times, settings, environment; and each picture beside it as PNG and SVG."
    })
final class ReportCommand implements Callable<Integer> {

  @Parameters(
      arity = "1..*",
      paramLabel = "RUN",
      description = "A run folder on any Hadoop file system; it may still be training.")
  private List<String> runs;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "The page; report.html in the first run folder by default.")
  private String output;

  @Override
  public Integer call() {
    Configuration hadoop = SparkStart.hadoop();
    List<RunRecord> records = runs.stream().map(run -> RunRecord.read(run, hadoop)).toList();
    String page = output == null ? records.get(0).folder() + "/report.html" : output;
    List<String> written = PageFiles.write(new RunPage(records, hadoop), page, hadoop);
    System.out.printf("%s, with %d pictures beside it%n", written.get(0), (written.size() - 1) / 2);
    return 0;
  }
}
