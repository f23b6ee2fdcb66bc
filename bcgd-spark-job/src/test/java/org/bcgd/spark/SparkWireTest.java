// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.JavaSerializer;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.Serializer;
import org.apache.spark.serializer.SerializerInstance;
import org.bcgd.data.Batch;
import org.bcgd.data.ImageBlock;
import org.bcgd.data.ImageEncoding;
import org.bcgd.data.ImageShape;
import org.bcgd.data.ImageShard;
import org.bcgd.network.NetworkDefinition;
import org.bcgd.parameters.GradientSum;
import org.bcgd.parameters.PackedSnapshot;
import org.bcgd.parameters.ParameterLayout;
import org.bcgd.parameters.WeightSnapshot;
import org.bcgd.quantization.BinaryQuantizer;
import org.bcgd.quantization.QuantizedTensor;
import org.bcgd.randomness.RandomKey;
import org.bcgd.spark.executor.Evaluation;
import org.bcgd.spark.executor.NetworkExecution;
import org.bcgd.spark.report.Result;
import org.bcgd.spark.settings.Settings;
import org.bcgd.spark.training.TinyRun;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import scala.reflect.ClassTag$;

/** What crosses the Spark wire arrives as it left, whichever of Spark's serializers carries it. */
class SparkWireTest {

  private static final ImageShape SHAPE = new ImageShape(1, 28, 28);

  @TempDir Path directory;

  static Stream<Serializer> serializers() {
    SparkConf conf = new SparkConf(false);
    return Stream.of(new JavaSerializer(conf), new KryoSerializer(conf));
  }

  @ParameterizedTest
  @MethodSource("serializers")
  void packedWeights(Serializer serializer) {
    ParameterLayout layout = settings().network(file -> file).layout();
    PackedSnapshot packed = PackedSnapshot.of(snapshot(layout));

    PackedSnapshot arrived = roundTrip(serializer, packed);

    assertThat(arrived.digest()).isEqualTo(packed.digest());
    assertThat(arrived.unpack(layout).values()).containsExactly(snapshot(layout).values());
  }

  @ParameterizedTest
  @MethodSource("serializers")
  void gradients(Serializer serializer) {
    GradientSum sum = new GradientSum(new float[] {1, Float.MIN_VALUE, -0f}, 2.5, 3, 4, 5);

    GradientSum arrived = roundTrip(serializer, sum);

    assertThat(arrived.sums()).containsExactly(sum.sums());
    assertThat(arrived.meanLoss()).isEqualTo(2.5 / 4);
    assertThat(arrived.accuracy()).isEqualTo(3.0 / 4);
    assertThat(arrived.samples()).isEqualTo(4);
    assertThat(arrived.statisticFactor()).isEqualTo(1f / 5);
  }

  @ParameterizedTest
  @MethodSource("serializers")
  void rawImages(Serializer serializer) {
    ImageBlock block = rawBlock(3);

    ImageShard arrived = roundTrip(serializer, new ImageShard(List.of(block, rawBlock(2))));

    assertThat(arrived.size()).isEqualTo(5);
    assertThat(arrived.encoding()).isEqualTo(new ImageEncoding.Raw(SHAPE));
    for (int i = 0; i < 3; i++) {
      assertThat(arrived.image(i)).containsExactly(block.image(i));
      assertThat(arrived.label(i)).isEqualTo(block.label(i));
    }
  }

  @ParameterizedTest
  @MethodSource("serializers")
  void imagesOfFloats(Serializer serializer) {
    ImageEncoding floats = new ImageEncoding.Floats(new ImageShape(1, 1, 1));
    ImageBlock block = new ImageBlock.Builder(floats, 100).add(new byte[] {1, 2, 3, 4}, 5).build();

    ImageBlock arrived = roundTrip(serializer, block);

    assertThat(arrived.encoding()).isEqualTo(floats);
    assertThat(arrived.image(0)).containsExactly(1, 2, 3, 4);
  }

  @ParameterizedTest
  @MethodSource("serializers")
  void compressedImages(Serializer serializer) {
    ImageBlock block =
        new ImageBlock.Builder(new ImageEncoding.Compressed(), 100)
            .add(new byte[] {1, 2, 3}, 4)
            .add(new byte[] {5}, 6)
            .build();

    ImageBlock arrived = roundTrip(serializer, block);

    assertThat(arrived.encoding()).isEqualTo(new ImageEncoding.Compressed());
    assertThat(arrived.image(0)).containsExactly(1, 2, 3);
    assertThat(arrived.image(1)).containsExactly(5);
    assertThat(arrived.label(1)).isEqualTo(6);
  }

  @ParameterizedTest
  @MethodSource("serializers")
  void shardsOfWhichImagesWereLeftOut(Serializer serializer) {
    ImageShard arrived =
        roundTrip(
            serializer, new ImageShard(List.of(rawBlock(2), rawBlock(4)), List.of("a.jpg: cut")));

    assertThat(arrived.size()).isEqualTo(6);
    assertThat(arrived.blocks().get(1).image(3)).containsExactly(rawBlock(4).image(3));
    assertThat(arrived.unreadable()).containsExactly("a.jpg: cut");
  }

  @ParameterizedTest
  @MethodSource("serializers")
  void evaluations(Serializer serializer) {
    Evaluation evaluation =
        Evaluation.of(new float[] {0.5f, 0.3f, 0.2f, 0.1f, 0.2f, 0.7f}, new int[] {1, 2});

    Evaluation arrived = roundTrip(serializer, evaluation);

    assertThat(arrived.confusion()).isDeepEqualTo(new long[][] {{0, 0, 0}, {1, 0, 0}, {0, 0, 1}});
    assertThat(arrived.topFive()).isEqualTo(1);
    assertThat(arrived.meanLoss()).isEqualTo(evaluation.meanLoss());
  }

  @ParameterizedTest
  @MethodSource("serializers")
  void networksWithTheirPreprocessing(Serializer serializer) {
    Settings settings = settings();
    NetworkDefinition network = settings.network(file -> file);
    NetworkExecution execution =
        new NetworkExecution(network, settings.execution(), settings.input().preprocessing());

    NetworkExecution arrived = roundTrip(serializer, execution);

    assertThat(arrived.network()).isEqualTo(network);
    assertThat(training(arrived).pixels()).containsExactly(training(execution).pixels());
    assertThat(training(arrived).shape()).isEqualTo(SHAPE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "aggregation.reduction=flat",
        "aggregation.reduction=sliced",
        "aggregation.precision=int8",
        "aggregation.averaging-frequency=2"
      })
  void aTrainingOnKryoGivesTheSameBits(String override) {
    SparkConf conf =
        new SparkConf()
            .setMaster("local[2]")
            .set("spark.serializer", KryoSerializer.class.getName());

    Result result = tiny("kryo", override).on(conf);

    assertThat(result.weightsDigest())
        .isPresent()
        .isEqualTo(tiny("java", override).on("local[2]").weightsDigest());
  }

  private TinyRun tiny(String folder, String... more) {
    List<String> overrides = new ArrayList<>(List.of(more));
    overrides.addAll(List.of("training.epochs=1", "dataset.training-limit=80"));
    return TinyRun.in(directory.resolve(folder), overrides.toArray(String[]::new));
  }

  private Settings settings() {
    return tiny("run").settings();
  }

  /** Binary weights where the layout has weights, small numbers elsewhere. */
  private static WeightSnapshot snapshot(ParameterLayout layout) {
    float[] values = new float[layout.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i * 7919 % 101 - 50) / 64f;
    }
    List<Optional<QuantizedTensor>> tensors =
        layout.slices().stream()
            .map(
                slice ->
                    slice.name().endsWith("/W")
                        ? Optional.of(
                            QuantizedTensor.project(
                                new BinaryQuantizer(), values, slice.offset(), slice.length(), 1))
                        : Optional.<QuantizedTensor>empty())
            .toList();
    return new WeightSnapshot(layout, tensors, values);
  }

  private static ImageBlock rawBlock(int images) {
    ImageBlock.Builder builder = new ImageBlock.Builder(new ImageEncoding.Raw(SHAPE), 1 << 20);
    for (int n = 0; n < images; n++) {
      byte[] image = new byte[SHAPE.size()];
      RandomKey.of(images).with(n).generator().nextBytes(image);
      builder.add(image, n);
    }
    return builder.build();
  }

  private static Batch training(NetworkExecution execution) {
    ImageShard shard = new ImageShard(List.of(rawBlock(6)));
    return execution.preprocessing().training(shard, new int[] {0, 3, 5}, RandomKey.of(1));
  }

  private static <T> T roundTrip(Serializer serializer, T value) {
    SerializerInstance instance = serializer.newInstance();
    ByteBuffer bytes = instance.serialize(value, ClassTag$.MODULE$.<T>apply(value.getClass()));
    return instance.deserialize(bytes, ClassTag$.MODULE$.<T>apply(value.getClass()));
  }
}
