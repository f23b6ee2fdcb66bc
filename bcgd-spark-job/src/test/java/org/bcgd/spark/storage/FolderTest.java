// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.bcgd.failure.StorageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderTest {

  private static final Configuration HADOOP = new Configuration(false);

  @TempDir Path directory;

  @Test
  void whatIsWrittenIsReadAgainAndReplacedAsAWhole() throws Exception {
    Folder folder = Folder.at(directory.toString(), HADOOP);
    folder.write("note.txt", out -> out.write("a longer first text".getBytes()));
    folder.write("note.txt", out -> out.write("second".getBytes()));

    assertThat(Folder.textOf(directory.resolve("note.txt").toString(), HADOOP)).isEqualTo("second");
    assertThat(directory.toFile().list()).containsExactly("note.txt");
  }

  @Test
  void aFileThatIsReplacedIsNeverMissing() {
    assertThat(ReplacedFile.timesMissing(Folder.at(directory.toString(), HADOOP))).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "runs:1", "nowhere://host/x", "absent.txt"})
  void aNameThatLeadsToNoFileIsToldAsSuch(String uri) {
    assertThatThrownBy(() -> Folder.textOf(uri, HADOOP))
        .isInstanceOf(StorageException.class)
        .hasMessageStartingWith("The file " + uri + " cannot be read: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"abfs://container@account/runs", "nowhere://host/runs"})
  void aFileSystemWhoseLibraryIsNotThereIsToldWithWhatToAdd(String uri) {
    assertThatThrownBy(() -> Folder.at(uri, new Configuration()))
        .isInstanceOf(StorageException.class)
        .hasMessageStartingWith("The folder " + uri + " cannot be reached: the library of ")
        .hasMessageContaining("--packages org.apache.hadoop:hadoop-aws:3.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"runs:1.ckpt", "nowhere://host/x.ckpt", "absent.ckpt"})
  void aNameThatLeadsToNoCheckpointIsToldAsSuch(String uri) {
    assertThatThrownBy(() -> CheckpointStore.read(uri, HADOOP))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("cannot be re");
  }
}
