// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.executor;

import java.io.Serializable;
import org.bcgd.engine.EngineSettings;
import org.bcgd.engine.GradientPrecision;
import org.bcgd.engine.OneDnnNetwork;
import org.bcgd.network.CoarseGradientNetwork;
import org.bcgd.network.NetworkDefinition;
import org.bcgd.network.dl4j.Deeplearning4jNetwork;
import org.bcgd.spark.settings.ExecutionSettings;

/** What computes networks, decided once for all executors, since bits depend on it. */
sealed interface Execution extends Serializable {

  /** Threads of one task. */
  int threads();

  /** A new executable network, to be closed by whoever asked for it. */
  CoarseGradientNetwork create(NetworkDefinition network);

  /**
   * What the settings ask for; where they leave the precision open, the faster one on this machine.
   *
   * @throws org.bcgd.failure.SettingsException if the engine's native library cannot be loaded
   */
  static Execution of(ExecutionSettings settings) {
    return switch (settings.kind()) {
      case ENGINE ->
          new Engine(
              settings.threads(),
              settings.gradientPrecision().orElseGet(GradientPrecision::fastest));
      case DL4J -> new Deeplearning4j(settings.threads());
    };
  }

  /** The engine on oneDNN. */
  record Engine(int threads, GradientPrecision gradientPrecision) implements Execution {
    @Override
    public String toString() {
      return "the engine on " + settings().describe();
    }

    @Override
    public CoarseGradientNetwork create(NetworkDefinition network) {
      return new OneDnnNetwork(network, settings());
    }

    private EngineSettings settings() {
      return new EngineSettings(threads, gradientPrecision);
    }
  }

  /** Deeplearning4j on ND4J. */
  record Deeplearning4j(int threads) implements Execution {
    @Override
    public String toString() {
      return "Deeplearning4j, %d threads a task".formatted(threads);
    }

    @Override
    public CoarseGradientNetwork create(NetworkDefinition network) {
      return new Deeplearning4jNetwork(network, threads);
    }
  }
}
