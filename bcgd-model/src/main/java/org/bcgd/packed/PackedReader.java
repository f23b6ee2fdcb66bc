// SPDX-License-Identifier: Apache-2.0
package org.bcgd.packed;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bcgd.data.ImageShape;
import org.bcgd.data.transform.CentralCrop;
import org.bcgd.data.transform.Normalization;
import org.bcgd.data.transform.Preprocessing;
import org.bcgd.engine.folded.ChannelAffine;
import org.bcgd.engine.folded.FoldedLayer;
import org.bcgd.engine.folded.FoldedNetwork;
import org.bcgd.engine.folded.FoldedWeights;
import org.bcgd.engine.graph.Shape;
import org.bcgd.engine.graph.Window;
import org.bcgd.failure.SettingsException;
import org.bcgd.quantization.ActivationQuantizer;
import org.bcgd.quantization.QuantizedTensor;

/**
 * Reads the sections of a packed model. Nothing that a count claims is reserved before it was seen
 * that as many bytes are left.
 */
final class PackedReader {

  private final ByteBuffer description;
  private final ByteBuffer in; // the network

  PackedReader(ByteBuffer description, ByteBuffer network) {
    this.description = description;
    this.in = network;
  }

  /**
   * @throws BufferUnderflowException if something is longer than its section
   * @throws IllegalArgumentException if what was read makes no model
   */
  PackedModel read() {
    FoldedNetwork network = network();
    String name = text(description);
    List<String> labels = new ArrayList<>();
    int count = count(description, Integer.BYTES);
    for (int i = 0; i < count; i++) {
      labels.add(text(description));
    }
    Preprocessing preprocessing = preprocessing(network.image());
    PackedModel model = new PackedModel(name, network, labels, preprocessing, provenance());
    requireEnd(description, "description");
    requireEnd(in, "network");
    return model;
  }

  private Preprocessing preprocessing(Shape image) {
    float[] mean = floats(description);
    float[] deviation = floats(description);
    double fraction = description.getDouble();
    try {
      return new Preprocessing(
          new ImageShape(image.channels(), image.height(), image.width()),
          new Normalization(mean, deviation),
          new CentralCrop(fraction));
    } catch (SettingsException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private Map<String, String> provenance() {
    Map<String, String> provenance = new TreeMap<>();
    int count = count(description, 2 * Integer.BYTES);
    for (int i = 0; i < count; i++) {
      provenance.put(text(description), text(description));
    }
    return provenance;
  }

  private FoldedNetwork network() {
    Shape image = shape();
    List<FoldedLayer> layers = new ArrayList<>();
    int count = count(in, Integer.BYTES);
    for (int i = 0; i < count; i++) {
      layers.add(layer());
    }
    return new FoldedNetwork(image, layers, affine());
  }

  private FoldedLayer layer() {
    int tag = in.get();
    String name = text(in);
    Shape output = shape();
    return switch (tag) {
      case Tags.LINEAR -> linear(name, output);
      case Tags.STAGE -> stage(name, output);
      case Tags.POOLING -> {
        int input = in.getInt();
        var kind = known(Tags.POOLINGS, in.get());
        yield new FoldedLayer.Pooling(name, input, kind, window(), output);
      }
      case Tags.SHORTCUT -> new FoldedLayer.Shortcut(name, in.getInt(), output);
      default -> throw new IllegalArgumentException(name + " is a layer of unknown kind " + tag);
    };
  }

  private FoldedLayer linear(String name, Shape output) {
    int input = in.getInt();
    Window window = window();
    return new FoldedLayer.Linear(name, input, window, weights(), output);
  }

  private FoldedWeights weights() {
    int bits = in.get();
    if (bits == Float.SIZE) {
      return new FoldedWeights.Floats(floats(in));
    }
    if (bits < 1 || bits > Byte.SIZE) {
      throw new IllegalArgumentException("weights of " + bits + " bits");
    }
    float[] scales = floats(in);
    int length = in.getInt();
    if (length < 1 || QuantizedTensor.packedBytes(bits, length) > in.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] packed = new byte[QuantizedTensor.packedBytes(bits, length)];
    in.get(packed);
    return new FoldedWeights.Levels(QuantizedTensor.ofPacked(bits, scales, packed, length));
  }

  private FoldedLayer stage(String name, Shape output) {
    FoldedLayer.Activation activation = activation();
    List<FoldedLayer.Term> terms = new ArrayList<>();
    int count = count(in, Integer.BYTES);
    for (int i = 0; i < count; i++) {
      terms.add(new FoldedLayer.Term(in.getInt(), affine()));
    }
    return new FoldedLayer.Stage(name, terms, activation, output);
  }

  private FoldedLayer.Activation activation() {
    int tag = in.get();
    return switch (tag) {
      case Tags.IDENTITY -> new FoldedLayer.Identity();
      case Tags.RECTIFIER -> new FoldedLayer.Rectifier();
      case Tags.STAIRCASE -> {
        int bits = in.get();
        var rounding = known(Tags.ROUNDINGS, in.get());
        yield new FoldedLayer.Staircase(new ActivationQuantizer(bits, rounding), in.getFloat());
      }
      default -> throw new IllegalArgumentException("an activation of unknown kind " + tag);
    };
  }

  private ChannelAffine affine() {
    int count = count(in, 3 * Float.BYTES);
    return new ChannelAffine(values(in, count), values(in, count), values(in, count));
  }

  private Shape shape() {
    return new Shape(in.getInt(), in.getInt(), in.getInt());
  }

  private Window window() {
    return new Window(pair(), pair(), pair(), pair(), pair());
  }

  private Window.Pair pair() {
    return new Window.Pair(in.getInt(), in.getInt());
  }

  private static <T> T known(List<T> kinds, int tag) {
    if (tag < 0 || tag >= kinds.size()) {
      throw new IllegalArgumentException("kind " + tag + " of " + kinds);
    }
    return kinds.get(tag);
  }

  private static float[] floats(ByteBuffer from) {
    return values(from, count(from, Float.BYTES));
  }

  private static float[] values(ByteBuffer from, int count) {
    float[] values = new float[count];
    from.asFloatBuffer().get(values);
    from.position(from.position() + count * Float.BYTES);
    return values;
  }

  private static String text(ByteBuffer from) {
    int length = count(from, Byte.BYTES);
    ByteBuffer bytes = from.slice(from.position(), length);
    from.position(from.position() + length);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("a text is no UTF-8", e);
    }
  }

  /** A number of things that take {@code bytes} each, at the least. */
  private static int count(ByteBuffer from, int bytes) {
    int count = from.getInt();
    if (count < 0 || (long) count * bytes > from.remaining()) {
      throw new BufferUnderflowException();
    }
    return count;
  }

  private static void requireEnd(ByteBuffer section, String name) {
    if (section.hasRemaining()) {
      throw new IllegalArgumentException("there are bytes behind the " + name);
    }
  }
}
