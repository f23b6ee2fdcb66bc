// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.deployment;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.bcgd.data.Batch;
import org.bcgd.data.ImageShape;
import org.bcgd.data.ImageShard;
import org.bcgd.data.transform.Preprocessing;
import org.bcgd.export.OnnxExport;
import org.bcgd.spark.executor.Evaluation;

/**
 * What ONNX Runtime makes of an exported file on every image of a shard; only where {@link
 * OnnxRuntime#isPresent} may it be loaded.
 */
final class OnnxScore implements FlatMapFunction<Iterator<ImageShard>, Evaluation> {

  private static final long serialVersionUID = 1;

  private final Broadcast<byte[]> file;
  private final Preprocessing preprocessing;
  private final int batchSize;
  private final int threads;

  OnnxScore(Broadcast<byte[]> file, Preprocessing preprocessing, int batchSize, int threads) {
    this.file = file;
    this.preprocessing = preprocessing;
    this.batchSize = batchSize;
    this.threads = threads;
  }

  @Override
  public Iterator<Evaluation> call(Iterator<ImageShard> images) throws OrtException {
    OrtEnvironment runtime = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      try (OrtSession session = runtime.createSession(file.value(), options)) {
        return List.of(evaluation(runtime, session, images.next())).iterator();
      }
    }
  }

  private Evaluation evaluation(OrtEnvironment runtime, OrtSession session, ImageShard shard) {
    return Evaluation.ofShard(
        shard, preprocessing, batchSize, batch -> probabilities(runtime, session, batch));
  }

  private float[] probabilities(OrtEnvironment runtime, OrtSession session, Batch batch) {
    ImageShape image = preprocessing.output();
    long[] shape = {batch.size(), image.channels(), image.height(), image.width()};
    try (OnnxTensor input =
            OnnxTensor.createTensor(runtime, FloatBuffer.wrap(batch.pixels()), shape);
        OrtSession.Result result =
            session.run(Map.of(OnnxExport.IMAGE, input), Set.of(OnnxExport.PROBABILITIES))) {
      FloatBuffer outputs = ((OnnxTensor) result.get(0)).getFloatBuffer();
      float[] probabilities = new float[outputs.remaining()]; // [N, classes]
      outputs.get(probabilities);
      return probabilities;
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime refuses the exported file", e);
    }
  }
}
