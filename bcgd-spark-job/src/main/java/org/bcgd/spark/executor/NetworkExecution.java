// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.executor;

import java.io.Serializable;
import org.bcgd.data.transform.Preprocessing;
import org.bcgd.network.CoarseGradientNetwork;
import org.bcgd.network.NetworkDefinition;
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
   * @throws org.bcgd.failure.SettingsException if a layer is not supported or the native library
   *     cannot be loaded
   */
  public void requireComputable() {
    create().close();
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
