// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.storage;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.bcgd.checkpoint.Checkpoint;
import org.bcgd.checkpoint.CheckpointFormat;
import org.bcgd.failure.CheckpointException;
import org.bcgd.failure.StorageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints of a run, named by their step, the last few of which are kept. The newest is the
 * one of the highest step, never the one of the latest clock.
 */
public final class CheckpointStore {

  private static final Logger LOG = LoggerFactory.getLogger(CheckpointStore.class);
  private static final String PREFIX = "step-";
  private static final String SUFFIX = ".ckpt";
  private static final Pattern NAME = Pattern.compile(PREFIX + "\\d{12,}\\" + SUFFIX);

  private final Folder folder;
  private final int kept;

  /**
   * @param kept how many checkpoints stay, at least 1
   */
  public CheckpointStore(Folder folder, int kept) {
    this.folder = folder;
    this.kept = kept;
  }

  /**
   * Saves a checkpoint, then deletes those older than the last {@code kept}.
   *
   * @param spared step of a checkpoint that stays in any case
   */
  public void save(Checkpoint checkpoint, Optional<Long> spared) {
    folder.write(nameOf(checkpoint.state().step()), out -> CheckpointFormat.write(checkpoint, out));
    newestFirst().stream()
        .skip(kept)
        .filter(name -> !spared.map(CheckpointStore::nameOf).equals(Optional.of(name)))
        .forEach(folder::delete);
  }

  /** The name of the checkpoint of a step. */
  public static String nameOf(long step) {
    return "%s%012d%s".formatted(PREFIX, step, SUFFIX);
  }

  /**
   * The newest sound checkpoint. A damaged one is passed over with a warning for the one before it.
   *
   * @throws CheckpointException if there are checkpoints but none of them is sound
   */
  public Optional<Checkpoint> latest() {
    List<String> names = newestFirst();
    for (String name : names) {
      try {
        return Optional.of(read(folder, name));
      } catch (CheckpointException e) {
        LOG.warn("{} Falling back to the checkpoint before it.", e.getMessage());
      }
    }
    if (!names.isEmpty()) {
      throw new CheckpointException(
          "None of the "
              + names.size()
              + " checkpoints in "
              + folder
              + " can be used. Restore one, or start afresh in another run.folder.");
    }
    return Optional.empty();
  }

  /** The step of the newest checkpoint, by its name; 0 if there is none. */
  public long newestStep() {
    return newestFirst().stream()
        .findFirst()
        .map(name -> name.substring(PREFIX.length(), name.length() - SUFFIX.length()))
        .map(Long::parseLong)
        .orElse(0L);
  }

  /** Whether a name is that of a checkpoint file. */
  public static boolean isCheckpoint(String uri) {
    return uri.endsWith(SUFFIX);
  }

  /**
   * One checkpoint file, wherever it lies.
   *
   * @throws CheckpointException if it is damaged
   * @throws StorageException if it cannot be read
   */
  public static Checkpoint read(String uri, Configuration hadoop) {
    Path path = path(uri);
    Path parent = path.getParent() == null ? new Path(".") : path.getParent();
    return read(Folder.at(parent.toString(), hadoop), path.getName());
  }

  private static Path path(String uri) {
    try {
      return new Path(uri);
    } catch (IllegalArgumentException e) { // what Hadoop makes of a name that is no URI
      throw new StorageException("The checkpoint " + uri + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static Checkpoint read(Folder folder, String name) {
    try (InputStream in = new BufferedInputStream(folder.open(name), 1 << 16)) {
      return CheckpointFormat.read(in, folder.nameOf(name));
    } catch (IOException e) {
      throw new StorageException(
          "The checkpoint " + folder.nameOf(name) + " cannot be read: " + e.getMessage(), e);
    }
  }

  private List<String> newestFirst() {
    return folder.names().stream()
        .filter(name -> NAME.matcher(name).matches())
        .sorted(Comparator.reverseOrder())
        .toList();
  }
}
