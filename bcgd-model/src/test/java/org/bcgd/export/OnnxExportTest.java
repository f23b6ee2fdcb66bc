// SPDX-License-Identifier: Apache-2.0
package org.bcgd.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import org.bcgd.data.Batch;
import org.bcgd.data.ImageShape;
import org.bcgd.data.transform.NoAugmentation;
import org.bcgd.data.transform.Normalization;
import org.bcgd.data.transform.Preprocessing;
import org.bcgd.engine.RandomGraphs;
import org.bcgd.engine.RealImages;
import org.bcgd.engine.TestNetworks;
import org.bcgd.engine.folded.Folding;
import org.bcgd.engine.graph.GraphReader;
import org.bcgd.network.NetworkDefinition;
import org.bcgd.network.architecture.Architecture;
import org.bcgd.packed.PackedModel;
import org.bcgd.packed.QuantizedModel;
import org.bcgd.parameters.LayerSelection;
import org.bcgd.parameters.WeightPrecision;
import org.bcgd.parameters.WeightSnapshot;
import org.bcgd.quantization.BinaryQuantizer;
import org.bcgd.quantization.TernaryQuantizer;
import org.bcgd.quantization.UniformQuantizer;
import org.bcgd.quantization.WeightQuantizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ONNX Runtime, another program, judges what is exported: the same answers. */
class OnnxExportTest {

  private static final float TOLERANCE = 1e-4f;
  private static final float GRID = 1 << 12; // of the pixels, as the normalisation rounds them

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11})
  void randomGraphsGiveTheSameLogits(long seed) {
    NetworkDefinition definition = RandomGraphs.draw(seed);
    WeightQuantizer quantizer =
        List.of(new BinaryQuantizer(), new TernaryQuantizer(), new UniformQuantizer(4, 5))
            .get((int) (seed % 3));
    Batch batch = TestNetworks.batch(RandomGraphs.IMAGE, 5, RandomGraphs.CLASSES, seed);
    for (int i = 0; i < batch.pixels().length; i++) {
      batch.pixels()[i] = Math.round(batch.pixels()[i] * GRID) / GRID;
    }
    requireSame(model(definition, quantizer), batch.pixels());
  }

  @ParameterizedTest
  @EnumSource(names = {"LENET5", "RESNET20"})
  void shippedNetworksGiveTheSameLogitsOfClothes(Architecture architecture) {
    ImageShape image = new ImageShape(1, 28, 28);
    NetworkDefinition definition = architecture.define(image, 10, TestNetworks.FOUR_BITS);
    requireSame(model(definition, new BinaryQuantizer()), RealImages.clothes(image, 40).pixels());
  }

  @Test
  void resNet18GivesTheSameLogitsOfPhotographs() throws IOException {
    assumeTrue(Files.isDirectory(RealImages.PHOTOGRAPHS), "needs " + RealImages.PHOTOGRAPHS);
    ImageShape image = new ImageShape(3, 224, 224);
    NetworkDefinition definition =
        Architecture.RESNET18.define(image, 1000, TestNetworks.FOUR_BITS);
    requireSame(
        model(definition, new BinaryQuantizer()), RealImages.photographs(image, 3).pixels());
  }

  @Test
  void onlyStandardOperatorsAreUsed() throws IOException {
    ImageShape image = new ImageShape(1, 28, 28);
    PackedModel model =
        model(
            Architecture.RESNET20.define(image, 10, TestNetworks.FOUR_BITS), new BinaryQuantizer());
    assertThat(operators(model, OnnxDialect.INTEGER))
        .contains("QLinearConv", "ConvInteger")
        .isSubsetOf(
            "Add",
            "AveragePool",
            "Cast",
            "Ceil",
            "Clip",
            "Conv",
            "ConvInteger",
            "Div",
            "Flatten",
            "Mul",
            "Pad",
            "QLinearConv",
            "Slice",
            "Softmax",
            "Sub");
    assertThat(operators(model, OnnxDialect.FLOAT)).doesNotContain("QLinearConv", "ConvInteger");
  }

  private static Set<String> operators(PackedModel model, OnnxDialect dialect) throws IOException {
    ModelProto onnx = ModelProto.parseFrom(OnnxRun.bytes(model, dialect));
    assertThat(onnx.getOpsetImportList()).allMatch(set -> set.getDomain().isEmpty());
    return new TreeSet<>(onnx.getGraph().getNodeList().stream().map(NodeProto::getOpType).toList());
  }

  private static PackedModel model(NetworkDefinition definition, WeightQuantizer quantizer) {
    WeightPrecision precision =
        new WeightPrecision(
            Optional.of(quantizer), WeightPrecision.Granularity.LAYER, new LayerSelection.All());
    WeightSnapshot weights = TestNetworks.weights(definition, precision);
    float[] halves = new float[definition.image().channels()];
    Arrays.fill(halves, 0.5f);
    return new PackedModel(
        definition.name(),
        Folding.of(
            GraphReader.read(definition, slice -> weights.quantized(slice).isEmpty()), weights),
        IntStream.range(0, definition.classes()).mapToObj(k -> "class " + k).toList(),
        new Preprocessing(
            definition.image(), new Normalization(halves, halves), new NoAugmentation()),
        Map.of());
  }

  private static void requireSame(PackedModel model, float[] pixels) {
    try (QuantizedModel packed = new QuantizedModel(model, 2);
        OnnxRun integer = new OnnxRun(model, OnnxDialect.INTEGER, 2);
        OnnxRun real = new OnnxRun(model, OnnxDialect.FLOAT, 2)) {
      float[] expected = packed.logits(pixels);
      for (OnnxRun run : List.of(integer, real)) {
        float[] actual = run.logits(pixels);
        assertThat(actual).containsExactly(expected, within(TOLERANCE));
        assertThat(best(actual, model)).isEqualTo(best(expected, model));
      }
    }
  }

  private static List<Integer> best(float[] logits, PackedModel model) {
    int classes = model.labels().size();
    return IntStream.range(0, logits.length / classes)
        .mapToObj(
            n ->
                IntStream.range(0, classes)
                    .reduce(0, (a, b) -> logits[n * classes + b] > logits[n * classes + a] ? b : a))
        .toList();
  }
}
