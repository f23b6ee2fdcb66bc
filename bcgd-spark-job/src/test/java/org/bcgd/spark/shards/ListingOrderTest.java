// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.shards;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.util.functional.RemoteIterators;
import org.apache.spark.SparkConf;
import org.bcgd.spark.report.Result;
import org.bcgd.spark.storage.HadoopFileTree;
import org.bcgd.spark.training.TinyRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bits do not depend on the order in which a file system lists its files. */
class ListingOrderTest {

  @TempDir Path directory;

  /** The local file system, listing every folder in the opposite order. */
  public static final class Backwards extends LocalFileSystem {

    @Override
    public RemoteIterator<LocatedFileStatus> listFiles(
        org.apache.hadoop.fs.Path folder, boolean recursive) throws IOException {
      List<LocatedFileStatus> files = RemoteIterators.toList(super.listFiles(folder, recursive));
      Collections.reverse(files);
      Iterator<LocatedFileStatus> reversed = files.iterator();
      return RemoteIterators.remoteIteratorFromIterator(reversed);
    }
  }

  @Test
  void aFolderListedBackwardsTrainsToTheSameBits() throws IOException {
    Path photographs = PhotographFolder.write(directory.resolve("photographs"), 12);
    Result forwards = run(photographs, "forwards").on("local[2]");

    Result backwards =
        run(photographs, "backwards")
            .on(
                new SparkConf()
                    .setMaster("local[2]")
                    .set("spark.hadoop.fs.file.impl", Backwards.class.getName())
                    .set("spark.hadoop.fs.file.impl.disable.cache", "true"));

    assertThat(forwards.steps()).isEqualTo(3);
    assertThat(backwards.weightsDigest()).isPresent().isEqualTo(forwards.weightsDigest());
  }

  @Test
  void theFileSystemOfThisTestListsBackwards() throws IOException {
    String folder = PhotographFolder.write(directory.resolve("photographs"), 3).toString();
    Configuration backwards = new Configuration();
    backwards.set("fs.file.impl", Backwards.class.getName());
    backwards.set("fs.file.impl.disable.cache", "true");
    List<String> forwards =
        new ArrayList<>(HadoopFileTree.at(folder, new Configuration()).list(""));
    Collections.reverse(forwards);

    assertThat(HadoopFileTree.at(folder, backwards).list("")).hasSize(12).isEqualTo(forwards);
  }

  private TinyRun run(Path photographs, String folder) {
    List<String> overrides = new ArrayList<>(PhotographFolder.SETTINGS);
    overrides.add("dataset.path=" + photographs);
    return TinyRun.in(directory.resolve(folder), overrides.toArray(String[]::new));
  }
}
