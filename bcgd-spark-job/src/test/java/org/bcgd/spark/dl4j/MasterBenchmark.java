// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.dl4j;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.bcgd.data.StoredImage;
import org.bcgd.data.source.DatasetFormat;
import org.bcgd.data.source.ImageSource;
import org.bcgd.data.source.Split;
import org.bcgd.spark.run.TrainingRun;
import org.bcgd.spark.settings.Settings;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Seconds of a fit of the master against those of an epoch of the same training on a dataset:
 * LeNet-5 on the 10,000 images that the program brings along, two threads, two shards, in turn.
 *
 * <pre>
 *   epoch = (seconds of a run of 1 + k epochs − seconds of a run of one) / k
 * </pre>
 *
 * <p>Arguments: rounds, k.
 */
public final class MasterBenchmark {

  private static final int EACH = 50; // images of a DataSet
  private static final int CLASSES = 10;

  private MasterBenchmark() {}

  /** Prints both for each round; what the first says is Java warming up. */
  public static void main(String[] arguments) throws IOException {
    int rounds = Integer.parseInt(arguments[0]);
    int epochs = Integer.parseInt(arguments[1]);
    JavaSparkContext spark = LocalContext.of(2);
    try {
      JavaRDD<DataSet> rdd = spark.parallelize(dataSets(), 4).cache();
      rdd.count();
      for (int round = 0; round < rounds; round++) {
        System.out.println("fits of a master:" + fits(spark, rdd, epochs));
        double one = run(spark, 1);
        double epoch = (run(spark, 1 + epochs) - one) / epochs;
        System.out.printf(
            "training: one epoch with its start %.2f s, another %.2f s%n", one, epoch);
      }
    } finally {
      spark.stop();
    }
  }

  private static String fits(JavaSparkContext spark, JavaRDD<DataSet> rdd, int epochs) {
    ComputationGraph graph =
        new ComputationGraph(settings("none", 1).network(file -> file).graph());
    graph.init();
    BcgdTrainingMaster master =
        new BcgdTrainingMaster.Builder().batchSizePerShard(50).learningRate(0.02).build();
    SparkComputationGraph net = new SparkComputationGraph(spark, graph, master);
    StringBuilder line = new StringBuilder();
    for (int epoch = 0; epoch < epochs; epoch++) {
      long start = System.nanoTime();
      net.fit(rdd);
      line.append(" %.2f s".formatted(secondsSince(start)));
    }
    master.deleteTempFiles(spark);
    return line.toString();
  }

  private static double run(JavaSparkContext spark, int epochs) throws IOException {
    Path folder = Files.createTempDirectory("master-benchmark-");
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    long start = System.nanoTime();
    new TrainingRun(
            spark, settings(folder.toString(), epochs), Map.of("bcgd", "benchmark"), nowhere)
        .execute(false);
    return secondsSince(start);
  }

  private static double secondsSince(long nanoseconds) {
    return (System.nanoTime() - nanoseconds) / 1e9;
  }

  private static Settings settings(String folder, int epochs) {
    return Settings.parse(
        """
        name = benchmark
        run.folder = "%s"
        dataset { format = fashion-mnist-sample, shards = 2 }
        input { channels = 1, height = 28, width = 28, mean = [0.286], deviation = [0.353] }
        network { architecture = lenet5, classes = 10 }
        training { epochs = %d, batch-size = 100, learning-rate.initial = 0.02 }
        evaluation.every-epochs = 1000
        """
            .formatted(folder, epochs),
        "the benchmark",
        List.of());
  }

  private static List<DataSet> dataSets() {
    DatasetFormat format = DatasetFormat.FASHION_MNIST_SAMPLE;
    ImageSource source = format.open(format.embeddedFiles().orElseThrow(), Split.TRAINING);
    List<StoredImage> images = new ArrayList<>();
    source.read(IntStream.range(0, source.size()).toArray(), images::add);
    return IntStream.range(0, images.size() / EACH)
        .mapToObj(n -> dataSet(images.subList(n * EACH, (n + 1) * EACH)))
        .toList();
  }

  private static DataSet dataSet(List<StoredImage> images) {
    float[][] pixels = new float[EACH][]; // [N, H * W]
    float[][] labels = new float[EACH][CLASSES];
    for (int n = 0; n < EACH; n++) {
      byte[] bytes = images.get(n).bytes();
      pixels[n] = new float[bytes.length];
      for (int i = 0; i < bytes.length; i++) {
        pixels[n][i] = ((bytes[i] & 0xFF) / 255f - 0.286f) / 0.353f;
      }
      labels[n][images.get(n).label()] = 1;
    }
    return new DataSet(Nd4j.create(pixels).reshape(EACH, 1, 28, 28), Nd4j.create(labels));
  }
}
