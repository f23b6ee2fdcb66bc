// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import org.bcgd.spark.cli.arguments.CheckpointChoice;
import org.bcgd.spark.cli.arguments.SettingsArguments;
import org.bcgd.spark.cli.arguments.Words;
import org.bcgd.spark.cli.table.Table;
import org.bcgd.spark.deployment.Accuracy;
import org.bcgd.spark.deployment.ClassifySpeed;
import org.bcgd.spark.deployment.Deployment;
import org.bcgd.spark.deployment.DeploymentReport;
import org.bcgd.spark.deployment.ExportFormat;
import org.bcgd.spark.deployment.LayerCost;
import org.bcgd.spark.folder.Software;
import org.bcgd.spark.settings.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes a checkpoint as files for other programs. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Writes a checkpoint as a packed model or as ONNX, judges every form of it by the images of",
      "evaluation (the float network it started from, the forward pass of training, packed, and ONNX",
      "where ONNX Runtime is on the class path), and measures it on this machine."
    })
final class ExportCommand implements Callable<Integer> {

  private static final double MEGA = 1e6;

  @Mixin private SettingsArguments arguments;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      split = ",",
      defaultValue = "packed",
      converter = Words.Formats.class,
      completionCandidates = Words.Formats.class,
      description =
          "One of ${COMPLETION-CANDIDATES}, or some with commas; ${DEFAULT-VALUE} by default.")
  private List<ExportFormat> formats;

  @Mixin private CheckpointChoice checkpoint;

  @Option(
      names = "--output",
      paramLabel = "FOLDER",
      description = "Where the files go; the folder export in the run folder by default.")
  private String output;

  @Override
  public Integer call() {
    Settings settings = arguments.read();
    String from = checkpoint.of(settings);
    String to = output == null ? settings.run().folder() + "/export" : output;
    try (JavaSparkContext spark = SparkStart.of("export " + settings.name())) {
      print(new Deployment(spark, settings, from, Software.versions()).write(formats, to), to);
      return 0;
    }
  }

  private static void print(DeploymentReport report, String folder) {
    System.out.printf("%s after %d steps, in %s%n%n", report.network(), report.step(), folder);
    System.out.println(
        new Table(
            List.of("layer", "bits", "bytes", "ratio", "multiply-adds", "bit operations"),
            report.layers().stream().map(ExportCommand::row).toList()));
    report
        .fileBytes()
        .forEach(
            (name, bytes) ->
                System.out.printf(
                    "%s: %,d bytes, %.1f times smaller than %,d in float32%n",
                    name, bytes, (double) report.floatBytes() / bytes, report.floatBytes()));
    System.out.printf(
        "%,d multiply-adds and %,d bit operations an image%n",
        report.layers().stream().mapToLong(LayerCost::multiplyAdds).sum(),
        report.layers().stream().mapToLong(LayerCost::bitOperations).sum());
    System.out.printf("%ntop-1 of %,d images%n", report.images());
    System.out.println(
        new Table(
            List.of("form", "top-1 %", "of"),
            report.accuracy().stream().map(ExportCommand::row).toList()));
    ClassifySpeed speed = report.speed();
    System.out.printf(
        "here, with %d threads: %.0f images/s in calls of %d, %.2f ms for one image, %.1f MB of"
            + " heap for weights, %.1f MB of native memory%n",
        speed.threads(),
        speed.imagesPerSecond(),
        speed.batch(),
        speed.latencyMilliseconds(),
        speed.heapBytes() / MEGA,
        speed.nativeBytes() / MEGA);
  }

  private static List<String> row(Accuracy accuracy) {
    return List.of(
        accuracy.form(),
        accuracy.topOne().map(share -> "%.2f".formatted(100 * share)).orElse("-"),
        accuracy.remark());
  }

  private static List<String> row(LayerCost layer) {
    return List.of(
        layer.name(),
        layer.weightBits() + " x " + layer.inputBits(),
        "%,d".formatted(layer.bytes()),
        "%.1f".formatted((double) layer.floatBytes() / layer.bytes()),
        "%,d".formatted(layer.multiplyAdds()),
        "%,d".formatted(layer.bitOperations()));
  }
}
