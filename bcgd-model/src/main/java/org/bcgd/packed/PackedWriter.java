// SPDX-License-Identifier: Apache-2.0
package org.bcgd.packed;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.bcgd.data.transform.Preprocessing;
import org.bcgd.engine.folded.ChannelAffine;
import org.bcgd.engine.folded.FoldedLayer;
import org.bcgd.engine.folded.FoldedNetwork;
import org.bcgd.engine.folded.FoldedWeights;
import org.bcgd.engine.graph.Shape;
import org.bcgd.engine.graph.Window;
import org.bcgd.quantization.QuantizedTensor;

/** Writes the sections of a packed model; {@link PackedReader} reads them. */
final class PackedWriter {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private PackedWriter() {}

  static byte[] description(PackedModel model) {
    PackedWriter writer = new PackedWriter();
    writer.text(model.name());
    writer.integers(model.labels().size());
    model.labels().forEach(writer::text);
    writer.preprocessing(model.preprocessing());
    writer.integers(model.provenance().size());
    model
        .provenance()
        .forEach(
            (key, value) -> {
              writer.text(key);
              writer.text(value);
            });
    return writer.out.toByteArray();
  }

  static byte[] network(FoldedNetwork network) {
    PackedWriter writer = new PackedWriter();
    writer.shape(network.image());
    writer.integers(network.layers().size());
    network.layers().forEach(writer::layer);
    writer.affine(network.logits());
    return writer.out.toByteArray();
  }

  private void preprocessing(Preprocessing preprocessing) {
    floats(preprocessing.normalization().mean());
    floats(preprocessing.normalization().deviation());
    double fraction = preprocessing.augmentation().evaluatedFraction();
    out.writeBytes(buffer(Double.BYTES).putDouble(fraction).array());
  }

  private void layer(FoldedLayer layer) {
    if (layer instanceof FoldedLayer.Linear linear) {
      head(Tags.LINEAR, layer);
      integers(linear.input());
      window(linear.window());
      weights(linear.weights());
    } else if (layer instanceof FoldedLayer.Stage stage) {
      head(Tags.STAGE, layer);
      activation(stage.activation());
      integers(stage.terms().size());
      for (FoldedLayer.Term term : stage.terms()) {
        integers(term.input());
        affine(term.affine());
      }
    } else if (layer instanceof FoldedLayer.Pooling pooling) {
      head(Tags.POOLING, layer);
      integers(pooling.input());
      out.write(Tags.POOLINGS.indexOf(pooling.kind()));
      window(pooling.window());
    } else if (layer instanceof FoldedLayer.Shortcut shortcut) {
      head(Tags.SHORTCUT, layer);
      integers(shortcut.input());
    }
  }

  private void head(int tag, FoldedLayer layer) {
    out.write(tag);
    text(layer.name());
    shape(layer.output());
  }

  private void activation(FoldedLayer.Activation activation) {
    if (activation instanceof FoldedLayer.Staircase staircase) {
      out.write(Tags.STAIRCASE);
      out.write(staircase.quantizer().bits());
      out.write(Tags.ROUNDINGS.indexOf(staircase.quantizer().rounding()));
      values(staircase.resolution());
    } else {
      out.write(activation instanceof FoldedLayer.Rectifier ? Tags.RECTIFIER : Tags.IDENTITY);
    }
  }

  private void weights(FoldedWeights weights) {
    out.write(weights.bits());
    if (weights instanceof FoldedWeights.Levels levels) {
      QuantizedTensor tensor = levels.tensor();
      floats(tensor.scales());
      integers(tensor.length());
      out.writeBytes(tensor.packed());
    } else {
      floats(((FoldedWeights.Floats) weights).values());
    }
  }

  private void affine(ChannelAffine affine) {
    integers(affine.centre().length);
    values(affine.centre());
    values(affine.scale());
    values(affine.shift());
  }

  private void shape(Shape shape) {
    integers(shape.channels(), shape.height(), shape.width());
  }

  private void window(Window window) {
    for (Window.Pair pair :
        new Window.Pair[] {
          window.kernel(), window.stride(), window.dilation(), window.before(), window.after()
        }) {
      integers(pair.height(), pair.width());
    }
  }

  private void text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    integers(bytes.length);
    out.writeBytes(bytes);
  }

  /** Their number, then the values. */
  private void floats(float[] values) {
    integers(values.length);
    values(values);
  }

  private void values(float... values) {
    ByteBuffer buffer = buffer(values.length * Float.BYTES);
    buffer.asFloatBuffer().put(values);
    out.writeBytes(buffer.array());
  }

  private void integers(int... values) {
    ByteBuffer buffer = buffer(values.length * Integer.BYTES);
    buffer.asIntBuffer().put(values);
    out.writeBytes(buffer.array());
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
