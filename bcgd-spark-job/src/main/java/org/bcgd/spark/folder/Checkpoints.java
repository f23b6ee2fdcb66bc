// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.folder;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bcgd.checkpoint.Checkpoint;
import org.bcgd.descent.MasterState;
import org.bcgd.failure.CheckpointException;
import org.bcgd.failure.SettingsException;
import org.bcgd.network.NetworkDefinition;
import org.bcgd.parameters.ParameterLayout;
import org.bcgd.spark.report.BestCheckpoint;
import org.bcgd.spark.settings.Difference;
import org.bcgd.spark.settings.Settings;
import org.bcgd.spark.storage.CheckpointStore;

/** When a run saves its state, with what beside it, and whether an older state may go on. */
public final class Checkpoints {

  private static final String SETTINGS = "settings";

  private final RunFolder folder;
  private final CheckpointStore store;
  private final NetworkDefinition network;
  private final ParameterLayout layout;
  private final Settings settings;
  private final Map<String, String> software;
  private Optional<BestCheckpoint> best;

  /**
   * @param software names and versions to remember with each checkpoint
   */
  public Checkpoints(
      RunFolder folder,
      NetworkDefinition network,
      Settings settings,
      Map<String, String> software) {
    this.folder = folder;
    this.store = folder.checkpoints(settings.run().keepCheckpoints());
    this.best = folder.best();
    this.network = network;
    this.layout = network.layout();
    this.settings = settings;
    this.software = software;
  }

  /** Whether the settings ask for a checkpoint of {@code after}, within the epoch. */
  public boolean isDue(MasterState before, MasterState after) {
    int every = settings.run().checkpointEverySteps();
    return every > 0 && before.step() / every < after.step() / every;
  }

  /** Saves a state; of the older ones the newest and the best stay. */
  public void save(MasterState state) {
    Map<String, String> provenance = new TreeMap<>(software);
    provenance.put(SETTINGS, settings.effective());
    store.save(
        new Checkpoint(network.json(), layout, state, provenance), best.map(BestCheckpoint::step));
  }

  /**
   * Remembers that a state that is about to be saved was judged, if none was better. The first of
   * equals stays the best. It is written down before the state is saved: whatever stops the run
   * between the two, it goes on to save this state later.
   */
  public void judged(MasterState state, double topOne) {
    if (best.filter(b -> b.step() != state.step() && b.top1() >= topOne).isEmpty()) {
      best = Optional.of(new BestCheckpoint(state.step(), topOne));
      folder.writeBest(best.get());
    }
  }

  /** The best of those that were judged. */
  public Optional<BestCheckpoint> best() {
    return best;
  }

  /**
   * The state at which the run stopped, if it has begun.
   *
   * @throws CheckpointException if the newest checkpoint is of another network
   * @throws SettingsException if a setting changed that would make another run of it
   */
  public Optional<MasterState> latest() {
    return store.latest().map(this::continuable);
  }

  /** The step of the newest checkpoint, sound or not; 0 if there is none. */
  public long newestStep() {
    return store.newestStep();
  }

  /** The settings of the run that left a checkpoint, if it says so. */
  public static Optional<Settings> settingsOf(Checkpoint checkpoint) {
    return Optional.ofNullable(checkpoint.provenance().get(SETTINGS))
        .map(text -> Settings.parse(text, "the checkpoint", List.of()));
  }

  private MasterState continuable(Checkpoint checkpoint) {
    if (!checkpoint.network().equals(network.json())) {
      throw new CheckpointException(
          "The run folder "
              + settings.run().folder()
              + " holds a checkpoint of another network"
              + " than "
              + network
              + ". Choose another run.folder.");
    }
    Settings before =
        settingsOf(checkpoint)
            .orElseThrow(
                () ->
                    new CheckpointException(
                        "The newest checkpoint in "
                            + settings.run().folder()
                            + " does not say with which settings it was made, so that nothing can"
                            + " go on from it. Choose another run.folder."));
    List<Difference> forbidden =
        before.differences(settings).stream().filter(d -> !d.allowedOnResume()).toList();
    if (!forbidden.isEmpty()) {
      throw new SettingsException(
          "The run in "
              + settings.run().folder()
              + " was begun with other settings:\n"
              + String.join("\n", forbidden.stream().map(d -> "  " + d).toList())
              + "\nChange them back to go on with it, or choose another run.folder.");
    }
    return checkpoint.state();
  }
}
