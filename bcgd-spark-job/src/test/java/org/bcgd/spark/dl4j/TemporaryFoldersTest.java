// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryFoldersTest {

  @TempDir Path directory;

  @Test
  void aDeletedFolderIsGoneWithAllItHolds() throws IOException {
    Path folder = TemporaryFolders.create("bcgd-test-");
    Files.writeString(Files.createDirectory(folder.resolve("inner")).resolve("file"), "text");
    assertThat(TemporaryFolders.delete(folder)).isTrue();
    assertThat(folder).doesNotExist();
    assertThat(TemporaryFolders.delete(folder)).isTrue();
  }

  @Test
  void whatIsNotDeletedGoesWithTheProcess() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + directory,
                "-cp",
                System.getProperty("java.class.path"),
                Forgetful.class.getName())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said.lines().map(Path::of)).hasSize(2).allMatch(p -> p.startsWith(directory));
    assertThat(directory).isEmptyDirectory();
  }

  /** Makes three folders, deletes one and tells the others, which hold something. */
  static final class Forgetful {
    public static void main(String[] arguments) throws IOException {
      TemporaryFolders.delete(TemporaryFolders.create("deleted-"));
      for (String name : List.of("first-", "second-")) {
        Path folder = TemporaryFolders.create(name);
        Files.writeString(folder.resolve("file"), "text");
        System.out.println(folder);
      }
    }
  }
}
