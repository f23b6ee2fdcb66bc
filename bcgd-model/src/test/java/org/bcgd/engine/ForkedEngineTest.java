// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.bcgd.parameters.GradientSum;
import org.bcgd.parameters.ParameterRole;
import org.bcgd.parameters.ParameterSlice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The engine in a process of its own. */
class ForkedEngineTest {

  /** Kilobytes that Java's compiler and its metadata grow by: less than a kilobyte a step. */
  private static final long COMPILER_NOISE = 8_000;

  private static final float TOLERANCE = 1e-5f;

  /** The heap is touched beforehand, so that what grows is native memory or Java's own. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void tenThousandStepsTakeNoMemory() throws IOException, InterruptedException {
    List<String> resident =
        ForkedJvm.run(ManySteps.class, Map.of(), "-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch");
    assertThat(Long.parseLong(resident.get(1)))
        .isLessThan(Long.parseLong(resident.get(0)) + COMPILER_NOISE);
  }

  /**
   * A CPU without bfloat16 trains in float32; batch statistics tell that the codes are the same.
   */
  @ParameterizedTest
  @ValueSource(strings = "AVX512_CORE")
  @EnabledIfSystemProperty(named = "os.arch", matches = "amd64")
  void anOlderInstructionSetGivesTheSameGradient(String instructionSet)
      throws IOException, InterruptedException {
    List<String> lines =
        ForkedJvm.run(GradientFigures.class, Map.of("ONEDNN_MAX_CPU_ISA", instructionSet));
    GradientSum here = GradientFigures.gradient(GradientPrecision.FLOAT32);

    assertThat(lines.get(0)).isEqualTo("FLOAT32");
    assertThat(Double.parseDouble(lines.get(1))).isCloseTo(here.meanLoss(), within(1e-5));
    List<ParameterSlice> slices = GradientFigures.NETWORK.layout().slices();
    for (ParameterSlice slice : slices) {
      if (slice.role() != ParameterRole.RESOLUTION) {
        assertThat(distance(lines, here, List.of(slice))).as(slice.name()).isLessThan(TOLERANCE);
      }
    }
    // that of a single resolution is one number, in which large terms cancel
    List<ParameterSlice> resolutions =
        slices.stream().filter(slice -> slice.role() == ParameterRole.RESOLUTION).toList();
    assertThat(distance(lines, here, resolutions)).as("resolutions").isLessThan(TOLERANCE);
  }

  /** ‖there − here‖ / ‖here‖ over the slices. */
  private static double distance(
      List<String> lines, GradientSum here, List<ParameterSlice> slices) {
    double difference = 0;
    double norm = Double.MIN_NORMAL;
    for (ParameterSlice slice : slices) {
      for (int i = slice.offset(); i < slice.end(); i++) {
        difference += Math.pow(Float.parseFloat(lines.get(2 + i)) - here.sums()[i], 2);
        norm += Math.pow(here.sums()[i], 2);
      }
    }
    return Math.sqrt(difference / norm);
  }
}
