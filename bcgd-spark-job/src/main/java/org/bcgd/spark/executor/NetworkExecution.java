// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.executor;

import java.io.Serializable;
import java.util.Set;
import org.bcgd.data.transform.Preprocessing;
import org.bcgd.network.CoarseGradientNetwork;
import org.bcgd.network.NetworkDefinition;
import org.bcgd.network.dl4j.Deeplearning4jNetwork;
import org.bcgd.parameters.WeightSnapshot;
import org.bcgd.spark.settings.ExecutionSettings;
import org.bcgd.spark.wire.Serialized;

/**
 * What every task of a run has in common, broadcast once: the network, what computes it, and how
 * images become its input.
 */
public final class NetworkExecution implements Serializable {

  private static final long serialVersionUID = 1;

  private final Serialized<Parts> parts;

  private record Parts(NetworkDefinition network, Execution execution, Preprocessing preprocessing)
      implements Serializable {}

  public NetworkExecution(
      NetworkDefinition network, ExecutionSettings execution, Preprocessing preprocessing) {
    this.parts = new Serialized<>(new Parts(network, Execution.of(execution), preprocessing));
  }

  public NetworkDefinition network() {
    return parts().network;
  }

  public Preprocessing preprocessing() {
    return parts().preprocessing;
  }

  /** What computes the network, for people. */
  public String describe() {
    return parts().execution.toString();
  }

  /** Threads of one task. */
  int threads() {
    return parts().execution.threads();
  }

  /**
   * Builds the network once and gives it up, so that what cannot be computed is told before
   * anything starts.
   *
   * @param point weights of the kind that gradients are taken at
   * @param minibatch images of one gradient
   * @param deployed weights of the kind that is judged
   * @param judged sizes of the batches that are judged
   * @return native memory that one task's network needs for them, in bytes
   * @throws org.bcgd.failure.SettingsException if a layer is not supported or the native library
   *     cannot be loaded
   */
  public long requireComputable(
      WeightSnapshot point, int minibatch, WeightSnapshot deployed, Set<Integer> judged) {
    try (CoarseGradientNetwork network = create()) {
      long bytes = network.reserveGradient(point, minibatch);
      for (int size : judged) {
        bytes = network.reserveClassify(deployed, size);
      }
      return bytes;
    }
  }

  /**
   * Builds the network once, for classifying alone, and gives it up.
   *
   * @return native memory that one task's network needs for batches of that size, in bytes
   * @throws org.bcgd.failure.SettingsException if a layer is not supported or the native library
   *     cannot be loaded
   */
  public long requireClassified(WeightSnapshot weights, int batch) {
    try (CoarseGradientNetwork network = create()) {
      return network.reserveClassify(weights, batch);
    }
  }

  /** Native memory that {@link FirstMinibatch} takes for a minibatch, in bytes; an estimate. */
  public long startBytes(int minibatch) {
    return Deeplearning4jNetwork.bytes(network(), minibatch);
  }

  /** A new executable network, to be closed by whoever asked for it. */
  CoarseGradientNetwork create() {
    return parts().execution.create(network());
  }

  /** Whether both would create networks that compute the same. */
  boolean computesLike(NetworkExecution other) {
    return network().equals(other.network()) && parts().execution.equals(other.parts().execution);
  }

  private Parts parts() {
    return parts.value();
  }
}
