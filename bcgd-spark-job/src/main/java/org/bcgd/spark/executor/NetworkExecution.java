// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.executor;

import java.io.Serializable;
import org.bcgd.data.transform.Preprocessing;
import org.bcgd.network.CoarseGradientNetwork;
import org.bcgd.network.NetworkDefinition;
import org.bcgd.network.dl4j.Deeplearning4jNetwork;
import org.bcgd.spark.settings.ExecutionSettings;

/**
 * What every task of a run has in common, broadcast once: the network, what computes it, and how
 * images become its input. A final class of plain fields, because it crosses the Spark wire.
 */
public final class NetworkExecution implements Serializable {

  private static final long serialVersionUID = 1;

  private final NetworkDefinition network;
  private final ExecutionSettings execution;
  private final Preprocessing preprocessing;

  public NetworkExecution(
      NetworkDefinition network, ExecutionSettings execution, Preprocessing preprocessing) {
    this.network = network;
    this.execution = execution;
    this.preprocessing = preprocessing;
  }

  public NetworkDefinition network() {
    return network;
  }

  public Preprocessing preprocessing() {
    return preprocessing;
  }

  /** Threads of one task. */
  int threads() {
    return execution.threads();
  }

  /** A new executable network, to be closed by whoever asked for it. */
  CoarseGradientNetwork create() {
    return switch (execution.kind()) {
      case DL4J -> new Deeplearning4jNetwork(network, execution.threads());
    };
  }

  /** Whether both would create networks that compute the same. */
  boolean computesLike(NetworkExecution other) {
    return network.equals(other.network) && execution.equals(other.execution);
  }
}
