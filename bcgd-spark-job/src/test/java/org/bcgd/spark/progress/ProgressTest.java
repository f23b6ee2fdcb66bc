// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.progress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicLong;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import org.bcgd.spark.report.Figures;
import org.junit.jupiter.api.Test;

class ProgressTest {

  private static final RunLength LENGTH = new RunLength(2, 10);

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, UTF_8);

  @Test
  void plainLinesComeEveryTenSecondsAndAtTheEndOfAnEpoch() {
    AtomicLong seconds = new AtomicLong(100);
    try (Progress progress =
        new PlainProgress(out, LENGTH, 2, () -> seconds.get() * 1_000_000_000)) {
      for (int step = 3; step <= 10; step++) {
        seconds.addAndGet(4);
        progress.step(Figures.step(step, 0));
      }
      progress.epoch(Figures.epoch(10, 0));
      progress.evaluation(Figures.evaluation(10, 0));
    }

    assertThat(text().lines())
        .containsExactly(
            "step 5/20, epoch 1/2, loss 0.7313, top-1 73.21 %, 1,234 images/s, 0:01:00 left",
            "step 8/20, epoch 1/2, loss 0.7313, top-1 73.21 %, 1,234 images/s, 0:00:48 left",
            "epoch 1/2 done: loss 0.7313, top-1 73.21 %, 1,234 images/s",
            "epoch 1/2 evaluated on 2,000 images: loss 0.4321, top-1 85.12 %, top-5 99.00 %");
  }

  @Test
  void liveLineRenewsItselfBelowTheEpochs() {
    try (Progress progress =
        LiveProgress.on(out, LENGTH, 9, new ConsoleProgressBarConsumer(out, 80))) {
      progress.step(Figures.step(10, 0));
      progress.epoch(Figures.epoch(10, 0));
      progress.step(Figures.step(11, 1));
    }

    String last = text().substring(text().lastIndexOf('\r'));
    assertThat(last)
        .contains("55%", "11/20")
        .contains("epoch 2/2 loss 0.73 top-1 73.2% 1234 img/s");
    assertThat(text())
        .contains(
            "\r\u001b[2Kepoch 1/2 done: loss 0.7313, top-1 73.21 %, 1,234 images/s"
                + System.lineSeparator());
  }

  private String text() {
    return bytes.toString(UTF_8);
  }
}
