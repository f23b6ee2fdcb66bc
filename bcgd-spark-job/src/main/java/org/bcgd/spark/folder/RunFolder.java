// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.folder;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.bcgd.checkpoint.Checkpoint;
import org.bcgd.failure.CheckpointException;
import org.bcgd.spark.report.BestCheckpoint;
import org.bcgd.spark.report.ConfusionMatrix;
import org.bcgd.spark.report.Environment;
import org.bcgd.spark.report.Result;
import org.bcgd.spark.storage.CheckpointStore;
import org.bcgd.spark.storage.Folder;

/**
 * What a run leaves behind.
 *
 * <pre>
 *   settings.conf    the effective settings
 *   checkpoints/     step-000000000500.ckpt, …
 *   best.json        which of them was judged best
 *   metrics.jsonl    a line for each step, epoch and evaluation
 *   environment.json what computed it
 *   confusion.json   what the newest evaluation took each class for
 *   result.json      how the run ended
 * </pre>
 */
public final class RunFolder {

  public static final String SETTINGS = "settings.conf";
  public static final String ENVIRONMENT = "environment.json";
  public static final String CONFUSION = "confusion.json";
  public static final String RESULT = "result.json";

  private static final String CHECKPOINTS = "checkpoints";
  private static final String BEST = "best.json";

  private final Folder folder;

  private RunFolder(Folder folder) {
    this.folder = folder;
  }

  /** The run folder at a URI or path. */
  public static RunFolder at(String uri, Configuration hadoop) {
    return new RunFolder(Folder.at(uri, hadoop));
  }

  /**
   * A checkpoint file, or the newest sound checkpoint of a run folder.
   *
   * @throws CheckpointException if there is none or it is damaged
   */
  public static Checkpoint checkpoint(String uri, Configuration hadoop) {
    if (CheckpointStore.isCheckpoint(uri)) {
      return CheckpointStore.read(uri, hadoop);
    }
    return at(uri, hadoop)
        .newest()
        .orElseThrow(
            () ->
                new CheckpointException(
                    "There is no checkpoint in "
                        + uri
                        + ": train that run first, or name another one."));
  }

  /**
   * The newest sound checkpoint, if there are any.
   *
   * @throws CheckpointException if there are some but none is sound
   */
  public Optional<Checkpoint> newest() {
    return checkpoints(1).latest();
  }

  public Folder files() {
    return folder;
  }

  /** Its checkpoints, of which the newest {@code kept} stay. */
  CheckpointStore checkpoints(int kept) {
    return new CheckpointStore(folder.folder(CHECKPOINTS), kept);
  }

  void writeBest(BestCheckpoint best) {
    write(BEST, best.toJson());
  }

  /**
   * Which checkpoint was judged best so far, if any was.
   *
   * @throws CheckpointException if the note of it is damaged
   */
  public Optional<BestCheckpoint> best() {
    if (!folder.holds(BEST)) {
      return Optional.empty();
    }
    try (InputStream in = folder.open(BEST)) {
      return Optional.of(
          BestCheckpoint.fromJson(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new CheckpointException(
          "The note of the best checkpoint, "
              + folder.nameOf(BEST)
              + ", cannot be read. Delete it to go on without knowing which was best.",
          e);
    }
  }

  /**
   * The name of the checkpoint that was judged best.
   *
   * @throws CheckpointException if none was judged
   */
  public String bestCheckpoint() {
    return best()
        .map(best -> folder.folder(CHECKPOINTS).nameOf(CheckpointStore.nameOf(best.step())))
        .orElseThrow(
            () ->
                new CheckpointException(
                    "No checkpoint in " + folder + " was judged yet: train that run first."));
  }

  public void writeSettings(String effective) {
    write(SETTINGS, effective);
  }

  public void writeEnvironment(Environment environment) {
    write(ENVIRONMENT, environment.toJson());
  }

  public void writeConfusion(ConfusionMatrix confusion) {
    write(CONFUSION, confusion.toJson());
  }

  /** Writes how the run ended. */
  public void writeResult(Result result) {
    write(RESULT, result.toJson());
  }

  private void write(String name, String text) {
    folder.write(name, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public String toString() {
    return folder.toString();
  }
}
