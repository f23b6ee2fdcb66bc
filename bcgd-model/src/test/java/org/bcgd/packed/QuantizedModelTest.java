// SPDX-License-Identifier: Apache-2.0
package org.bcgd.packed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.bcgd.data.ImageEncoding;
import org.bcgd.data.ImageShape;
import org.bcgd.failure.DataException;
import org.bcgd.failure.StorageException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuantizedModelTest {

  private static final ImageEncoding RAW = new ImageEncoding.Raw(new ImageShape(3, 6, 6));

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = folder.resolve("small.bcgd");
    Files.write(file, PackedFormat.bytes(SmallModel.uncropped()));
  }

  @Test
  void levelsStayPackedOnTheHeap() {
    try (QuantizedModel model = QuantizedModel.load(file)) {
      assertThat(model.heapBytes()).isEqualTo(4 * 108 + 144 / 8 + 288 * 2 / 8 + 24 * 4 / 8);
    }
  }

  @Test
  void imagesGetALabelAndProbabilities() {
    try (QuantizedModel model = QuantizedModel.load(file)) {
      List<Classification> said = model.classify(RAW, SmallModel.images(5));
      assertThat(said).hasSize(5);
      for (Classification one : said) {
        assertThat(one.label()).isEqualTo(model.model().labels().get(one.index()));
        assertThat(one.probability()).isEqualTo(one.probabilities()[one.index()]);
        double sum = 0;
        for (float probability : one.probabilities()) {
          sum += probability;
          assertThat(probability).isBetween(0f, one.probability());
        }
        assertThat(sum).isCloseTo(1, within(1e-6));
      }
      assertThat(model.classify(RAW, List.of())).isEmpty();
    }
  }

  @Test
  void manyThreadsGetTheAnswersThatOneGets() throws Exception {
    List<byte[]> images = SmallModel.images(24);
    try (QuantizedModel model = QuantizedModel.load(file, 3)) {
      List<float[]> expected =
          images.stream().map(i -> model.classify(RAW, List.of(i)).get(0).probabilities()).toList();
      ExecutorService callers = Executors.newFixedThreadPool(6);
      try {
        List<Callable<List<Classification>>> calls =
            IntStream.range(0, 200)
                .<Callable<List<Classification>>>mapToObj(
                    i ->
                        () ->
                            model.classify(
                                RAW, images.subList(i % 24, Math.min(24, i % 24 + 1 + i % 5))))
                .toList();
        List<Future<List<Classification>>> answers = callers.invokeAll(calls);
        for (int i = 0; i < answers.size(); i++) {
          List<Classification> said = answers.get(i).get();
          for (int n = 0; n < said.size(); n++) {
            assertThat(said.get(n).probabilities()).containsExactly(expected.get(i % 24 + n));
          }
        }
      } finally {
        callers.shutdown();
      }
    }
  }

  @Test
  void whoIsInterruptedGetsTheAnswerAndIsInterruptedStill() {
    List<byte[]> images = SmallModel.images(5);
    try (QuantizedModel model = QuantizedModel.load(file)) {
      List<Classification> expected = model.classify(RAW, images);
      Thread.currentThread().interrupt();
      List<Classification> said = model.classify(RAW, images);
      assertThat(Thread.interrupted()).isTrue();
      for (int i = 0; i < images.size(); i++) {
        assertThat(said.get(i).probabilities()).containsExactly(expected.get(i).probabilities());
      }
    }
  }

  @Test
  void warmingUpChangesNoAnswer() {
    List<byte[]> images = SmallModel.images(5);
    try (QuantizedModel cold = QuantizedModel.load(file);
        QuantizedModel warm = QuantizedModel.load(file)) {
      warm.warmUp(5);
      List<Classification> expected = cold.classify(RAW, images);
      List<Classification> said = warm.classify(RAW, images);
      for (int i = 0; i < images.size(); i++) {
        assertThat(said.get(i).probabilities()).containsExactly(expected.get(i).probabilities());
      }
    }
  }

  @Test
  void imagesThatDoNotFitAreRefusedInWords() {
    try (QuantizedModel model = QuantizedModel.load(file)) {
      ImageEncoding large = new ImageEncoding.Raw(new ImageShape(3, 7, 7));
      assertThatThrownBy(() -> model.classify(large, List.of(new byte[147])))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("do not fit a network whose input is 3 x 6 x 6");
      assertThatThrownBy(() -> model.classify(new byte[] {1, 2, 3}))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("image 0 of the call");
      assertThatThrownBy(() -> model.classify(new float[5]))
          .hasMessageContaining("5 pixels are no number of images");
    }
  }

  @Test
  void aMissingFileIsToldInOneMessage() {
    assertThatThrownBy(() -> QuantizedModel.load(folder.resolve("none.bcgd")))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("none.bcgd");
  }

  @Test
  void aProgramClassifiesWithNeitherSparkNorDeeplearning4jAtHand() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "-cp",
                ServiceClassPath.text(),
                ClassifyingProgram.class.getName(),
                file.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(output).isZero();
    try (QuantizedModel model = QuantizedModel.load(file)) {
      String expected =
          Arrays.toString(model.classify(RAW, SmallModel.images(1)).get(0).probabilities());
      assertThat(output).contains(expected).contains("no Deeplearning4j");
    }
  }
}
