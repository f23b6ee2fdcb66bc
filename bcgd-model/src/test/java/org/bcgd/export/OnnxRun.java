// SPDX-License-Identifier: Apache-2.0
package org.bcgd.export;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Map;
import org.bcgd.data.ImageShape;
import org.bcgd.packed.PackedModel;

/** An exported model in ONNX Runtime. */
public final class OnnxRun implements AutoCloseable {

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;
  private final ImageShape image;

  public OnnxRun(PackedModel model, OnnxDialect dialect, int threads) {
    this.image = model.preprocessing().output();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      this.session = environment.createSession(bytes(model, dialect), options);
    } catch (OrtException e) {
      throw new AssertionError(e);
    }
  }

  static byte[] bytes(PackedModel model, OnnxDialect dialect) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      OnnxExport.write(model, dialect, out);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toByteArray();
  }

  /** The logits of images, [N, classes]. */
  public float[] logits(float[] pixels) {
    long[] shape = {pixels.length / image.size(), image.channels(), image.height(), image.width()};
    try (OnnxTensor input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(pixels), shape);
        OrtSession.Result result = session.run(Map.of("image", input))) {
      FloatBuffer logits = ((OnnxTensor) result.get("logits").orElseThrow()).getFloatBuffer();
      float[] copy = new float[logits.remaining()];
      logits.get(copy);
      return copy;
    } catch (OrtException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new AssertionError(e);
    }
  }
}
