// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.bcgd.packed.PackedFormat;
import org.bcgd.packed.PackedModel;
import org.bcgd.spark.cli.table.Table;
import org.bcgd.spark.prediction.ImagePrediction;
import org.bcgd.spark.storage.Folder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Labels images with a packed model. */
@Command(
    name = "predict",
    mixinStandardHelpOptions = true,
    description = {
      "Labels JPEG and PNG files with a packed model, as a Spark job: files, folders with all that",
      "is in them, or patterns, on any file system that Hadoop reaches. An image that cannot be",
      "read is told in its row."
    })
final class PredictCommand implements Callable<Integer> {

  /** What a table on disk is written as. */
  enum Form {
    CSV,
    JSON,
    PARQUET
  }

  private static final int SHOWN = 40; // rows on the screen

  @Parameters(index = "0", paramLabel = "MODEL", description = "A packed model, file.bcgd.")
  private String model;

  @Parameters(index = "1..*", arity = "1..*", paramLabel = "IMAGES", description = "What to label.")
  private List<String> images = new ArrayList<>();

  @Option(
      names = "--output",
      paramLabel = "FOLDER",
      description =
          "Where the table is written; it must not exist. Without it, the table is shown.")
  private String output;

  @Option(
      names = "--as",
      paramLabel = "FORM",
      defaultValue = "csv",
      description = "csv, json or parquet; ${DEFAULT-VALUE} by default.")
  private Form form;

  @Override
  public Integer call() {
    PackedModel packed =
        Folder.read(model, SparkStart.hadoop(), in -> PackedFormat.read(in, model));
    try (JavaSparkContext context = SparkStart.of("predict")) {
      SparkSession spark = SparkSession.builder().sparkContext(context.sc()).getOrCreate();
      Dataset<Row> table = new ImagePrediction(spark, packed).ofFiles(images);
      if (output == null) {
        show(table);
      } else {
        table
            .write()
            .format(form.name().toLowerCase(Locale.ROOT))
            .option("header", true)
            .save(output);
        System.out.println("written to " + output);
      }
      return 0;
    }
  }

  private static void show(Dataset<Row> table) {
    List<Row> rows = table.takeAsList(SHOWN + 1);
    System.out.println(
        new Table(
            List.of("image", "label", "probability", "error"),
            rows.stream().limit(SHOWN).map(PredictCommand::cells).toList()));
    if (rows.size() > SHOWN) {
      System.out.printf("(the first %d images; --output FOLDER writes all)%n", SHOWN);
    }
  }

  private static List<String> cells(Row row) {
    return List.of(
        row.getString(0),
        row.isNullAt(1) ? "" : row.getString(1),
        row.isNullAt(2) ? "" : "%.4f".formatted(row.getFloat(2)),
        row.isNullAt(3) ? "" : row.getString(3));
  }
}
