// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine;

import java.util.Arrays;
import java.util.Optional;
import org.bcgd.engine.folded.Folding;
import org.bcgd.engine.graph.GraphReader;
import org.bcgd.engine.inference.InferenceNetwork;
import org.bcgd.network.NetworkDefinition;
import org.bcgd.parameters.WeightSnapshot;
import org.bcgd.quantization.QuantizedTensor;

/** Integer inference with the weights of a training, built anew when they have changed. */
final class Classifier implements AutoCloseable {

  private final NetworkDefinition definition;
  private final int threads;
  private WeightSnapshot weights; // null until it was asked for
  private InferenceNetwork network;

  Classifier(NetworkDefinition definition, int threads) {
    this.definition = definition;
    this.threads = threads;
  }

  /**
   * Class probabilities, [N, classes].
   *
   * @param pixels [N, C, H, W]
   */
  float[] probabilities(WeightSnapshot asked, float[] pixels) {
    if (weights == null || !equal(weights, asked)) {
      close();
      network =
          new InferenceNetwork(
              Folding.of(
                  GraphReader.read(definition, slice -> asked.quantized(slice).isEmpty()), asked),
              threads);
      weights = asked;
    }
    return network.probabilities(pixels);
  }

  private static boolean equal(WeightSnapshot left, WeightSnapshot right) {
    if (left == right) {
      return true;
    }
    for (int i = 0; i < left.layout().slices().size(); i++) {
      if (!Arrays.equals(left.floats(i), right.floats(i))
          || !equal(left.quantized(i), right.quantized(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean equal(Optional<QuantizedTensor> left, Optional<QuantizedTensor> right) {
    if (left.isEmpty() || right.isEmpty()) {
      return left.isEmpty() == right.isEmpty();
    }
    return Arrays.equals(left.get().scales(), right.get().scales())
        && Arrays.equals(left.get().packed(), right.get().packed());
  }

  /** Native memory that is held, in bytes. */
  long nativeBytes() {
    return network == null ? 0 : network.nativeBytes();
  }

  @Override
  public void close() {
    if (network != null) {
      network.close();
      network = null;
      weights = null;
    }
  }
}
