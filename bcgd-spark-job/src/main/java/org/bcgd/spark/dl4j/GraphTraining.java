// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.dl4j;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.bcgd.checkpoint.Checkpoint;
import org.bcgd.data.MinibatchSchedule;
import org.bcgd.descent.BlendedCoarseGradientDescent;
import org.bcgd.descent.MasterState;
import org.bcgd.failure.CheckpointException;
import org.bcgd.failure.SettingsException;
import org.bcgd.network.NetworkDefinition;
import org.bcgd.network.given.GivenGraph;
import org.bcgd.randomness.RandomKey;
import org.bcgd.spark.folder.RunStart;
import org.bcgd.spark.folder.Software;
import org.bcgd.spark.report.metrics.StepMetrics;
import org.bcgd.spark.run.GuestRun;
import org.bcgd.spark.run.TrainingRun;
import org.bcgd.spark.settings.Settings;

/**
 * The training of a graph over many fits, one epoch each. What a fit leaves in the graph tells the
 * next one that it goes on: then full-precision weights, momentum and epoch are those of the run
 * folder. A graph with any other weights begins a training of its own.
 */
final class GraphTraining {

  private static final String NAME = "given to the training master";
  private static final String STEPS_PER_EPOCH = "steps-per-epoch"; // in a checkpoint's provenance

  private final MasterSettings told;

  private Optional<Begun> begun = Optional.empty();

  /**
   * A training that has begun.
   *
   * @param files of its run
   * @param left digest of the parameters that the graph was left with
   * @param fits done
   * @param stepsPerEpoch steps of each
   */
  private record Begun(RunFiles files, String left, int fits, int stepsPerEpoch) {}

  GraphTraining(MasterSettings told) {
    this.told = told;
  }

  /** Trains the graph for one epoch, from where it stands. */
  void fit(GuestRun guest, GivenGraph graph, SampleShards samples, Consumer<StepMetrics> watcher) {
    JavaSparkContext spark = guest.spark();
    Configuration hadoop = spark.hadoopConfiguration();
    int stepsPerEpoch = stepsPerEpoch(samples);
    Begun before =
        begun
            .filter(b -> b.left.equals(graph.digest()))
            .map(b -> withSteps(b, stepsPerEpoch, graph, samples, hadoop))
            .orElseGet(() -> begin(graph, samples, stepsPerEpoch, hadoop));
    Settings settings =
        told.of(samples.image(), samples.classes(), before.files.uri(), before.fits + 1);
    new TrainingRun(spark, settings, samples, provenance(stepsPerEpoch), guest.out(), watcher)
        .executeEpoch();
    putBack(before.files.newest(hadoop).orElseThrow(), graph);
    begun = Optional.of(new Begun(before.files, graph.digest(), before.fits + 1, stepsPerEpoch));
  }

  private int stepsPerEpoch(SampleShards samples) {
    Settings settings = told.before();
    return new MinibatchSchedule(
            settings.training().batchSize(), samples.sizes(), RandomKey.of(settings.run().seed()))
        .stepsPerEpoch();
  }

  private Begun begin(
      GivenGraph graph, SampleShards samples, int stepsPerEpoch, Configuration hadoop) {
    NetworkDefinition network = network(graph, samples);
    RunFiles files = told.folder().map(uri -> fresh(uri, hadoop)).orElseGet(RunFiles::aside);
    files.write(graph, network, hadoop);
    deleteFiles();
    begun = Optional.of(new Begun(files, graph.digest(), 0, stepsPerEpoch));
    return begun.get();
  }

  private static NetworkDefinition network(GivenGraph graph, SampleShards samples) {
    return NetworkDefinition.fromJson(NAME, graph.json(), samples.image(), samples.classes());
  }

  private static RunFiles fresh(String uri, Configuration hadoop) {
    RunFiles files = new RunFiles(uri, false);
    if (files.newest(hadoop).isPresent()) {
      throw new SettingsException(
          "the folder "
              + uri
              + " holds a training of other weights than the graph has. Give the master another"
              + " folder, or resume that training in the graph: master.resume(graph)");
    }
    return files;
  }

  /** The same training where an epoch has that many steps: epochs count on, and so do schedules. */
  private Begun withSteps(
      Begun before,
      int stepsPerEpoch,
      GivenGraph graph,
      SampleShards samples,
      Configuration hadoop) {
    if (before.stepsPerEpoch == stepsPerEpoch || before.fits == 0) {
      return before;
    }
    if (!before.files.temporary()) {
      throw new SettingsException(
          ("an epoch of this RDD has %d steps, those in the folder %s have %d: go on with as many"
                  + " samples, or train without a folder")
              .formatted(stepsPerEpoch, before.files.uri(), before.stepsPerEpoch));
    }
    MasterState state = before.files.newest(hadoop).orElseThrow().state();
    RunFiles files = RunFiles.aside();
    files.write(graph, network(graph, samples), hadoop);
    RunStart.write(
        told.of(samples.image(), samples.classes(), files.uri(), before.fits),
        state.at((long) before.fits * stepsPerEpoch),
        provenance(stepsPerEpoch),
        hadoop);
    before.files.delete();
    return new Begun(files, before.left, before.fits, stepsPerEpoch);
  }

  /**
   * Puts the weights of the newest checkpoint in the folder into the graph; the next fit goes on
   * from there.
   *
   * @return epochs that are done, 0 where the folder has no checkpoint yet
   */
  int resume(GivenGraph graph, Configuration hadoop) {
    String folder =
        told.folder()
            .orElseThrow(
                () -> new SettingsException("there is nothing to resume without a folder(uri)"));
    RunFiles files = new RunFiles(folder, false);
    Optional<Checkpoint> newest = files.newest(hadoop);
    if (newest.isEmpty()) {
      return 0;
    }
    int stepsPerEpoch = stepsPerEpoch(newest.get(), folder);
    int fits = Math.toIntExact(newest.get().state().step() / stepsPerEpoch);
    putBack(newest.get(), graph);
    begun = Optional.of(new Begun(files, graph.digest(), fits, stepsPerEpoch));
    return fits;
  }

  private static Map<String, String> provenance(int stepsPerEpoch) {
    Map<String, String> facts = new TreeMap<>(Software.versions());
    facts.put(STEPS_PER_EPOCH, String.valueOf(stepsPerEpoch));
    return facts;
  }

  private static int stepsPerEpoch(Checkpoint checkpoint, String folder) {
    String steps = checkpoint.provenance().get(STEPS_PER_EPOCH);
    if (steps == null) {
      throw new CheckpointException(
          "the training in " + folder + " is not one of a training master: give another folder");
    }
    return Integer.parseInt(steps);
  }

  private void putBack(Checkpoint trained, GivenGraph graph) {
    Settings settings = told.before();
    BlendedCoarseGradientDescent descent = settings.update(trained.layout(), 1);
    graph.take(told.putBack().weights(trained.state(), descent), trained.layout());
  }

  /** Deletes the temporary folder of the training, which thereby ends; whether it is gone. */
  boolean deleteFiles() {
    boolean gone = begun.map(b -> b.files.delete()).orElse(true);
    begun = Optional.empty();
    return gone;
  }
}
