// SPDX-License-Identifier: Apache-2.0
package org.bcgd.export;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import onnx.Onnx.ModelProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.StringStringEntryProto;
import org.bcgd.engine.folded.ChannelAffine;
import org.bcgd.engine.folded.FoldedNetwork;
import org.bcgd.engine.graph.Shape;
import org.bcgd.packed.PackedModel;

/**
 * Packed models as ONNX, of the standard operators of version 13 only.
 *
 * <pre>
 *   image [batch, C, H, W], normalised   ->   logits [batch, classes], probabilities
 * </pre>
 */
public final class OnnxExport {

  /** The input's name. */
  public static final String IMAGE = "image";

  /** The name of the output before softmax. */
  public static final String LOGITS = "logits";

  /** The name of the output after softmax. */
  public static final String PROBABILITIES = "probabilities";

  private static final int OPERATORS = 13;
  private static final int IR_VERSION = 7; // the first that has these operators

  private OnnxExport() {}

  /** Writes a model; the stream is flushed, not closed. */
  public static void write(PackedModel model, OnnxDialect dialect, OutputStream stream)
      throws IOException {
    model(model, dialect).writeTo(stream);
    stream.flush();
  }

  private static ModelProto model(PackedModel model, OnnxDialect dialect) {
    ModelProto.Builder onnx =
        ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPERATORS))
            .setProducerName("bcgd");
    FoldedNetwork network = model.network();
    OnnxGraph graph = new OnnxGraph(model.name());
    Shape image = network.image();
    graph.input(IMAGE, image.channels(), image.height(), image.width());
    OnnxLayers layers = new OnnxLayers(network, dialect, graph, IMAGE);
    ChannelAffine logits = network.logits();
    String sums = layers.affine(logits, layers.write(), "classifier");
    graph.node("Flatten", LOGITS, List.of(sums), OnnxGraph.whole("axis", 1));
    graph.node("Softmax", PROBABILITIES, List.of(LOGITS), OnnxGraph.whole("axis", 1));
    graph.output(LOGITS, network.classes());
    graph.output(PROBABILITIES, network.classes());
    onnx.setGraph(graph.build());
    onnx.addMetadataProps(property("labels", String.join("\n", model.labels())));
    model.provenance().forEach((key, value) -> onnx.addMetadataProps(property(key, value)));
    return onnx.build();
  }

  private static StringStringEntryProto property(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }
}
