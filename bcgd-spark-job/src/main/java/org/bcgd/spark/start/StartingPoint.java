// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.start;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.bcgd.checkpoint.Checkpoint;
import org.bcgd.descent.MasterState;
import org.bcgd.failure.CheckpointException;
import org.bcgd.network.InitialWeights;
import org.bcgd.parameters.ParameterLayout;
import org.bcgd.parameters.ParameterRole;
import org.bcgd.parameters.ParameterSlice;

/**
 * Where a training starts: random weights or those of another training, and resolutions from a
 * first minibatch where none were given.
 */
final class StartingPoint {

  private final ParameterLayout layout;
  private final float[] values; // [layout.size()]
  private final Set<String> given = new HashSet<>(); // slices that have their values

  private StartingPoint(ParameterLayout layout, float[] values) {
    this.layout = layout;
    this.values = values;
  }

  /** Weights drawn at random; the resolutions are still to be started. */
  static StartingPoint random(ParameterLayout layout, long seed) {
    return new StartingPoint(layout, InitialWeights.draw(layout, seed));
  }

  /**
   * The weights of a checkpoint, matched by name and shape. Resolutions that it has no values for
   * are still to be started, as it is when a float network becomes a quantized one.
   *
   * @param where the checkpoint lies, for messages
   * @throws CheckpointException if any other parameter is missing, is left over or has another
   *     shape
   */
  static StartingPoint of(Checkpoint checkpoint, ParameterLayout layout, String where) {
    StartingPoint start = new StartingPoint(layout, new float[layout.size()]);
    Set<String> problems = new TreeSet<>();
    for (ParameterSlice slice : layout.slices()) {
      checkpoint
          .layout()
          .find(slice.name())
          .ifPresentOrElse(
              from -> start.copy(checkpoint.state().weights(), from, slice, problems),
              () -> {
                if (slice.role() != ParameterRole.RESOLUTION) {
                  problems.add(slice.name() + " is missing");
                }
              });
    }
    for (ParameterSlice slice : checkpoint.layout().slices()) {
      if (layout.find(slice.name()).isEmpty() && slice.role() != ParameterRole.RESOLUTION) {
        problems.add(slice.name() + " is not in the network");
      }
    }
    if (!problems.isEmpty()) {
      throw new CheckpointException(
          "The checkpoint "
              + where
              + " does not fit the network:\n  "
              + String.join("\n  ", problems)
              + "\nChoose the checkpoint of a network with the same linear layers in"
              + " initial-weights.from.");
    }
    return start;
  }

  /**
   * The state before the first step.
   *
   * @param calibration resolutions by slice name for a state whose resolutions are not started
   */
  MasterState state(Function<MasterState, Map<String, Float>> calibration) {
    List<ParameterSlice> waiting =
        layout
            .withRole(ParameterRole.RESOLUTION)
            .filter(slice -> !given.contains(slice.name()))
            .toList();
    if (!waiting.isEmpty()) {
      Map<String, Float> resolutions = calibration.apply(MasterState.start(values));
      for (ParameterSlice slice : waiting) {
        values[slice.offset()] = resolutions.get(slice.name());
      }
    }
    return MasterState.start(values);
  }

  /**
   * Replaces the parameters of the batch norms.
   *
   * @param norms values by slice name, for a state before the first step
   */
  void takeNorms(Function<MasterState, Map<String, float[]>> norms) {
    norms
        .apply(MasterState.start(values))
        .forEach(
            (name, taken) -> {
              ParameterSlice slice = layout.find(name).orElseThrow();
              System.arraycopy(taken, 0, values, slice.offset(), slice.length());
            });
  }

  private void copy(float[] weights, ParameterSlice from, ParameterSlice to, Set<String> problems) {
    if (from.shape().equals(to.shape()) && from.role() == to.role()) {
      System.arraycopy(weights, from.offset(), values, to.offset(), to.length());
      given.add(to.name());
    } else {
      problems.add(to.name() + " has shape " + from.shape() + ", needed is " + to.shape());
    }
  }
}
