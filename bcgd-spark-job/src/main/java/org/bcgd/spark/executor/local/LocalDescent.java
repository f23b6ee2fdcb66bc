// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.executor.local;

import java.io.Serializable;
import java.util.List;
import org.bcgd.descent.BlendedCoarseGradientDescent;
import org.bcgd.parameters.ParameterLayout;
import org.bcgd.spark.settings.AggregationSettings.LocalMomentum;
import org.bcgd.spark.settings.Settings;

/**
 * The update that shards make by themselves between two averages: the one of the settings, with or
 * without momentum. A final class of plain fields, because it crosses the Spark wire.
 */
public final class LocalDescent implements Serializable {

  private static final long serialVersionUID = 1;

  private final String settings; // HOCON
  private final boolean sharesMomentum;
  private final int stepsPerEpoch;

  public LocalDescent(Settings settings, int stepsPerEpoch) {
    this.settings = settings.effective();
    this.sharesMomentum = settings.aggregation().localMomentum() == LocalMomentum.AVERAGED;
    this.stepsPerEpoch = stepsPerEpoch;
  }

  /** Whether momenta travel and are averaged as weights are; if not, there is none. */
  public boolean sharesMomentum() {
    return sharesMomentum;
  }

  /** The update for parameters of a layout. */
  BlendedCoarseGradientDescent on(ParameterLayout layout) {
    List<String> overrides = sharesMomentum ? List.of() : List.of("training.momentum=0");
    return Settings.parse(settings, "the settings of the run", overrides)
        .update(layout, stepsPerEpoch);
  }
}
