// SPDX-License-Identifier: Apache-2.0
package org.bcgd.packed;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bcgd.data.ImageEncoding;
import org.bcgd.engine.inference.InferenceNetwork;
import org.bcgd.failure.DataException;
import org.bcgd.failure.StorageException;

/**
 * A packed model, ready to classify. Any number of threads may use one at once.
 *
 * <pre>
 *   try (QuantizedModel model = QuantizedModel.load(Path.of("model.bcgd"))) {
 *     Classification said = model.classify(Files.readAllBytes(Path.of("cat.jpg")));
 *     System.out.println(said.label() + " " + said.probability());
 *   }
 * </pre>
 *
 * <p>It needs this module, JavaCPP, JNA and oneDNN on the class path, OpenCV for JPEG and PNG, and
 * java started with {@code --add-modules=jdk.incubator.vector}.
 */
public final class QuantizedModel implements AutoCloseable {

  private final PackedModel model;
  private final InferenceNetwork network;

  /**
   * @param threads that share the work of a call
   */
  public QuantizedModel(PackedModel model, int threads) {
    this.model = model;
    this.network = new InferenceNetwork(model.network(), threads);
  }

  /**
   * The model of a file, with as many threads as the machine has processors.
   *
   * @throws StorageException if the file cannot be read
   * @throws DataException if it is no sound packed model
   */
  public static QuantizedModel load(Path file) {
    return load(file, Runtime.getRuntime().availableProcessors());
  }

  /** The same with a given number of threads. */
  public static QuantizedModel load(Path file, int threads) {
    try (InputStream in = Files.newInputStream(file)) {
      return new QuantizedModel(PackedFormat.read(in, file.toString()), threads);
    } catch (IOException e) {
      throw new StorageException("The model " + file + " cannot be read: " + e, e);
    }
  }

  /**
   * Makes ready for calls of so many images, so that the first of them is as fast as the others:
   * for services at their start. It takes about a second.
   */
  public void warmUp(int images) {
    network.warmUp(images);
  }

  /** What was loaded: labels, preprocessing, provenance. */
  public PackedModel model() {
    return model;
  }

  /** Bytes of the heap that the weights take. */
  public long heapBytes() {
    return model.network().heapBytes();
  }

  /** Native memory that is held, in bytes. */
  public long nativeBytes() {
    return network.nativeBytes();
  }

  /**
   * Classifies a JPEG or PNG file of any size.
   *
   * @throws DataException if it cannot be decoded
   */
  public Classification classify(byte[] file) {
    return classify(List.of(file)).get(0);
  }

  /**
   * Classifies JPEG or PNG files.
   *
   * @throws DataException if one cannot be decoded
   */
  public List<Classification> classify(List<byte[]> files) {
    return classify(new ImageEncoding.Compressed(), files);
  }

  /**
   * Classifies images as their dataset holds them.
   *
   * @throws DataException if one cannot be decoded, or the encoding does not fit the network
   */
  public List<Classification> classify(ImageEncoding encoding, List<byte[]> images) {
    if (images.isEmpty()) {
      return List.of();
    }
    int size = model.preprocessing().output().size();
    float[] pixels = new float[Math.multiplyExact(images.size(), size)]; // [N, C, H, W]
    for (int n = 0; n < images.size(); n++) {
      try {
        model.preprocessing().evaluation(encoding, images.get(n), pixels, n * size);
      } catch (DataException e) {
        throw new DataException("image " + n + " of the call: " + e.getMessage(), e);
      }
    }
    return classify(pixels);
  }

  /**
   * Classifies images that are ready to enter the network.
   *
   * @param pixels [N, C, H, W], normalised
   */
  public List<Classification> classify(float[] pixels) {
    float[] probabilities = network.probabilities(pixels);
    int classes = model.labels().size();
    List<Classification> said = new ArrayList<>();
    for (int first = 0; first < probabilities.length; first += classes) {
      said.add(classification(Arrays.copyOfRange(probabilities, first, first + classes)));
    }
    return said;
  }

  /**
   * The logits of images that are ready to enter the network.
   *
   * @param pixels [N, C, H, W], normalised
   * @return [N, classes]
   */
  public float[] logits(float[] pixels) {
    return network.logits(pixels);
  }

  /** Of equally probable classes the first is taken. */
  private Classification classification(float[] probabilities) {
    int best = 0;
    for (int k = 1; k < probabilities.length; k++) {
      best = probabilities[k] > probabilities[best] ? k : best;
    }
    return new Classification(best, model.labels().get(best), probabilities[best], probabilities);
  }

  /** Frees native memory and ends the threads; no call may be under way. */
  @Override
  public void close() {
    network.close();
  }
}
