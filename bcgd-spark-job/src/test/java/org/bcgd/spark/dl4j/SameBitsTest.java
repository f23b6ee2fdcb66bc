// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.bcgd.checkpoint.Checkpoint;
import org.bcgd.checkpoint.CheckpointFormat;
import org.bcgd.data.ImageShape;
import org.bcgd.descent.MasterState;
import org.bcgd.network.NetworkDefinition;
import org.bcgd.parameters.ParameterLayout;
import org.bcgd.parameters.ParameterRole;
import org.bcgd.parameters.ParameterSlice;
import org.bcgd.spark.folder.RunFolder;
import org.bcgd.spark.run.TrainingRun;
import org.bcgd.spark.settings.Settings;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What three fits of the master leave is what a training of three epochs leaves, which reads bytes
 * from files, normalises them and starts from a checkpoint; on one thread as on two.
 */
class SameBitsTest {

  private static final List<Stripes.Stripe> SAMPLES = Stripes.of(81, 1);
  private static final int EPOCHS = 3;

  @TempDir static Path directory;

  private static MasterState reference;
  private static ParameterLayout layout;

  @BeforeAll
  static void train() throws Exception {
    writeFiles();
    Settings settings =
        Settings.parse(
            """
            name = files
            run { folder = "%1$s/files", seed = 3 }
            dataset { format = idx, path = "%1$s/idx", shards = 2 }
            input { channels = 1, height = 12, width = 12, mean = [0.5], deviation = [0.25] }
            network { graph = "%1$s/graph.json", classes = 3 }
            training {
              epochs = 3, batch-size = 20
              learning-rate { initial = 0.02, schedule = step, milestones = [1], factor = 0.5 }
            }
            blending { rho = 0.001, growth = 2 }
            initial-weights { from = "%1$s/start.ckpt" }
            """
                .formatted(directory),
            "a test",
            List.of());
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    JavaSparkContext spark = LocalContext.of(2);
    try {
      new TrainingRun(spark, settings, Map.of(), nowhere).execute(false);
      Checkpoint end =
          RunFolder.checkpoint(directory.resolve("files").toString(), spark.hadoopConfiguration());
      reference = end.state();
      layout = end.layout();
    } finally {
      spark.stop();
    }
  }

  @Test
  void onTwoThreadsInDataSetsOfSeven() {
    assertSameBits(2, 7);
  }

  @Test
  void onOneThreadInDataSetsOfTwo() {
    assertSameBits(1, 2);
  }

  private static void assertSameBits(int threads, int each) {
    JavaSparkContext spark = LocalContext.of(threads);
    try {
      SparkComputationGraph net =
          new SparkComputationGraph(
              spark,
              Stripes.graph(),
              Stripes.master()
                  .putBack(PutBack.FULL_PRECISION)
                  .rho(0.001)
                  .set("blending.growth", 2)
                  .set("training.learning-rate.schedule", "step")
                  .set("training.learning-rate.milestones", "[1]")
                  .set("training.learning-rate.factor", 0.5)
                  .build());
      var rdd = spark.parallelize(Stripes.dataSets(SAMPLES, each), 3);
      for (int epoch = 0; epoch < EPOCHS; epoch++) {
        net.fit(rdd);
      }
      assertSame(net.getNetwork());
    } finally {
      spark.stop();
    }
  }

  private static void assertSame(ComputationGraph graph) {
    for (ParameterSlice slice : layout.slices()) {
      float[] expected = Arrays.copyOfRange(reference.weights(), slice.offset(), slice.end());
      if (slice.role() == ParameterRole.RUNNING_VARIANCE) {
        for (int i = 0; i < expected.length; i++) {
          expected[i] = (float) (Math.log10(expected[i]) / 2);
        }
      }
      assertThat(values(graph, slice)).as(slice.name()).isEqualTo(expected);
    }
  }

  /** The graph, its weights but for the resolutions, and the images in the order of digests. */
  private static void writeFiles() throws Exception {
    ComputationGraph graph = Stripes.graph();
    Files.writeString(directory.resolve("graph.json"), graph.getConfiguration().toJson());
    NetworkDefinition network =
        NetworkDefinition.fromJson(
            "a test", graph.getConfiguration().toJson(), new ImageShape(1, 12, 12), 3);
    List<ParameterSlice> slices = new ArrayList<>();
    float[] start = new float[network.layout().size() - 2];
    int end = 0;
    for (ParameterSlice slice : network.layout().slices()) {
      if (slice.role() != ParameterRole.RESOLUTION) {
        slices.add(new ParameterSlice(slice.name(), slice.role(), end, slice.shape()));
        float[] values = values(graph, slice);
        if (slice.role() == ParameterRole.RUNNING_VARIANCE) {
          Arrays.fill(values, 1); // a logarithm of 0 in a new graph
        }
        System.arraycopy(values, 0, start, end, values.length);
        end += values.length;
      }
    }
    try (OutputStream out = Files.newOutputStream(directory.resolve("start.ckpt"))) {
      CheckpointFormat.write(
          new Checkpoint(
              network.json(), new ParameterLayout(slices), MasterState.start(start), Map.of()),
          out);
    }
    List<Stripes.Stripe> ordered = new ArrayList<>(SAMPLES);
    ordered.sort(Comparator.comparing(SameBitsTest::digest, Arrays::compareUnsigned));
    writeIdx(ordered, "train");
    writeIdx(ordered.subList(0, 10), "t10k");
  }

  /** In the order of a layout: of dense layers output by output. */
  private static float[] values(ComputationGraph graph, ParameterSlice slice) {
    String[] name = slice.name().split("/");
    String parameter = name[1].equals("var") ? "log10stdev" : name[1];
    INDArray array = graph.getLayer(name[0]).getParam(parameter);
    if (slice.role() == ParameterRole.WEIGHT && array.rank() == 2) {
      float[] values = new float[slice.length()];
      int inputs = slice.shape().get(1);
      for (int i = 0; i < values.length; i++) {
        values[i] = array.getFloat(i % inputs, i / inputs);
      }
      return values;
    }
    return array.dup('c').data().asFloat();
  }

  /** SHA-256 of label, shape and floats; the halves are compared as signed numbers. */
  private static byte[] digest(Stripes.Stripe stripe) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(
          ByteBuffer.allocate(16).putInt(stripe.label()).putInt(1).putInt(12).putInt(12).flip());
      float[] floats = stripe.normalised();
      ByteBuffer bytes = ByteBuffer.allocate(4 * floats.length).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asFloatBuffer().put(floats);
      byte[] bits = Arrays.copyOf(digest.digest(bytes.array()), 16);
      bits[0] ^= (byte) 0x80;
      bits[8] ^= (byte) 0x80;
      return bits;
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static void writeIdx(List<Stripes.Stripe> stripes, String split) throws Exception {
    ByteBuffer images = ByteBuffer.allocate(16 + stripes.size() * 144);
    images.putInt(0x803).putInt(stripes.size()).putInt(12).putInt(12);
    ByteBuffer labels =
        ByteBuffer.allocate(8 + stripes.size()).putInt(0x801).putInt(stripes.size());
    for (Stripes.Stripe stripe : stripes) {
      images.put(stripe.pixels());
      labels.put((byte) stripe.label());
    }
    Path folder = Files.createDirectories(directory.resolve("idx"));
    Files.write(folder.resolve(split + "-images-idx3-ubyte"), images.array());
    Files.write(folder.resolve(split + "-labels-idx1-ubyte"), labels.array());
  }
}
