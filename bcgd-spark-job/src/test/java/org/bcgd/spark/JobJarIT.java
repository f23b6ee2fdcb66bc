// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The job jar holds what a cluster lacks, and nothing that it has. */
class JobJarIT {

  private static final long MEBIBYTE = 1 << 20;
  private static final String BACKENDS = "META-INF/services/org.nd4j.linalg.factory.Nd4jBackend";

  private static Path jar;
  private static Set<String> names; // of its entries

  @BeforeAll
  static void open() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("target"))) {
      List<Path> jars = files.filter(file -> file.toString().endsWith("-uber.jar")).toList();
      assertThat(jars).as("job jars in target").hasSize(1);
      jar = jars.get(0);
    }
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      names = zip.stream().map(ZipEntry::getName).collect(Collectors.toSet());
    }
  }

  @Test
  void sparkHadoopAndScalaAreTheClusters() {
    assertThat(names)
        .noneMatch(name -> name.startsWith("org/apache/spark/") && !isOfDeeplearning4j(name))
        .noneMatch(name -> name.startsWith("org/apache/hadoop/"))
        .noneMatch(name -> name.startsWith("scala/"));
  }

  /** Its Spark module keeps one class, and so a folder, in Spark's package. */
  private static boolean isOfDeeplearning4j(String name) {
    return name.matches("org/apache/spark/(TaskContextHelper\\$?\\.class)?");
  }

  @Test
  void theProgramTheSampleAndTheNativeCodeOfThisPlatformAreThere() {
    assertThat(names)
        .contains("org/bcgd/spark/cli/BcgdMain.class")
        .contains("org/bcgd/data/source/fashion-mnist/train-images-idx3-ubyte.gz")
        .anyMatch(name -> name.endsWith("linux-x86_64/libnd4jcpu.so"))
        .anyMatch(name -> name.contains("linux-x86_64/libopencv_imgcodecs.so"))
        .noneMatch(name -> name.matches("org/(bytedeco|nd4j)/.*\\.(dll|dylib)"));
  }

  @Test
  void everyBackendThatNd4jLooksUpIsNamed() throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      List<String> named = lines(zip.getInputStream(zip.getEntry(BACKENDS)));
      for (URL service : Collections.list(getClass().getClassLoader().getResources(BACKENDS))) {
        assertThat(named).containsAll(lines(service.openStream()));
      }
      assertThat(named).contains("org.nd4j.linalg.cpu.nativecpu.CpuBackend");
    }
  }

  @Test
  void itIsSmallEnoughToBeSentToEveryExecutor() throws IOException {
    long size = Files.size(jar);
    System.out.printf("%s: %.1f MiB%n", jar.getFileName(), (double) size / MEBIBYTE);
    assertThat(size).isLessThan(250 * MEBIBYTE);
  }

  private static List<String> lines(InputStream in) throws IOException {
    try (in) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty())
          .toList();
    }
  }
}
