// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.bcgd.spark.report.metrics.EpochMetrics;
import org.bcgd.spark.report.metrics.FitFigures;
import org.bcgd.spark.report.metrics.LayerFigures;
import org.bcgd.spark.report.metrics.ResolutionRange;
import org.bcgd.spark.report.metrics.StepMetrics;
import org.bcgd.spark.report.metrics.UpdateFigures;
import org.junit.jupiter.api.Test;

class RunLogTest {

  @Test
  void eachLineIsOneObjectThatNamesItsKind() throws IOException {
    StringWriter text = new StringWriter();
    try (RunLog log = new RunLog(text)) {
      log.write(Figures.step(3, 0));
      log.write(Figures.epoch(10, 0));
      log.write(Figures.evaluation(10, 0));
    }

    assertThat(text.toString().lines())
        .containsExactly(
            """
            {"kind":"step","step":3,"epoch":0,\
            "fit":{"loss":0.73125,"top1":0.7321,"imagesPerSecond":1234.4},\
            "update":{"learningRate":0.01,"rho":1.0E-5,"signFlipShare":0.002,\
            "resolutions":{"minimum":0.1,"maximum":0.4}},\
            "seconds":{"project":0.125,"compute":0.25},"missing":[]}""",
            """
            {"kind":"epoch","step":10,"epoch":0,\
            "fit":{"loss":0.73125,"top1":0.7321,"imagesPerSecond":1234.4},\
            "update":{"learningRate":0.01,"rho":1.0E-5,"signFlipShare":0.002,\
            "resolutions":{"minimum":0.1,"maximum":0.4}},\
            "layers":{"resolutions":[{"layer":"act1","value":0.1},{"layer":"act2","value":0.4}],\
            "signFlips":[{"layer":"conv1","value":0.003},{"layer":"conv2","value":0.001}]},\
            "seconds":{"compute":12.5}}""",
            """
            {"kind":"evaluation","step":10,"epoch":0,\
            "figures":{"top1":0.8512,"top5":0.99,"loss":0.4321,"images":2000},"seconds":1.5}""");
  }

  @Test
  void whatIsWrittenReadsBack() throws IOException {
    StringWriter text = new StringWriter();
    StepMetrics diverged =
        new StepMetrics(
            1,
            0,
            new FitFigures(Double.NaN, 0, 1),
            new UpdateFigures(1, 0, 0, ResolutionRange.NONE),
            Map.of(),
            List.of(3));
    try (RunLog log = new RunLog(text)) {
      log.write(Figures.step(3, 0));
      log.write(Figures.evaluation(10, 0));
      log.write(diverged);
    }

    assertThat(RunLog.read(new StringReader(text.toString())))
        .containsExactly(Figures.step(3, 0), Figures.evaluation(10, 0), diverged);
  }

  @Test
  void anEpochWithoutLayersReadsAsNotMeasured() {
    String line =
        """
        {"kind":"epoch","step":10,"epoch":0,"fit":null,"update":null,"seconds":{}}""";

    assertThat(RunLog.read(new StringReader(line)))
        .containsExactly(new EpochMetrics(10, 0, null, null, LayerFigures.NONE, Map.of()));
  }

  @Test
  void aLineCutShortIsAnError() {
    assertThatThrownBy(() -> RunLog.read(new StringReader("{\"kind\":\"step\",\"st")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("not a line of metrics: {\"kind\":\"step\",\"st");
  }
}
