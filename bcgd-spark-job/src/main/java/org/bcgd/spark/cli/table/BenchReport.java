// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.cli.table;

import java.util.ArrayList;
import java.util.List;
import org.bcgd.benchmark.ProcessMemory;
import org.bcgd.benchmark.StepFigures;
import org.bcgd.engine.step.Phase;
import org.bcgd.network.NetworkSummary;
import org.bcgd.spark.settings.hocon.ValueType;

/**
 * The figures of a benchmark as tables.
 *
 * @param network for the number of its operations
 */
public record BenchReport(StepFigures figures, NetworkSummary network) {

  private static final List<String> STEP_COLUMNS = List.of("a batch", "ms", "images/s");
  private static final List<String> PHASE_COLUMNS =
      List.of("phase", "ms", "floor ms", "MB", "GB/s", "GFLOP/s");
  private static final List<String> MEMORY_COLUMNS = List.of("memory of the process", "MB");

  @Override
  public String toString() {
    return "%s%n%s%n%s%n%s"
        .formatted(
            new Table(STEP_COLUMNS, steps()),
            new Table(PHASE_COLUMNS, phases()),
            new Table(MEMORY_COLUMNS, memory()),
            remarks());
  }

  private List<List<String>> memory() {
    ProcessMemory memory = figures.memory();
    List<List<String>> rows = new ArrayList<>();
    memory
        .tensors()
        .forEach(
            (use, bytes) ->
                rows.add(List.of("engine: " + ValueType.nameOf(use), megabytes(bytes))));
    rows.add(List.of("Java: heap", megabytes(memory.heap())));
    rows.add(List.of("Java: classes and code", megabytes(memory.code())));
    memory.rest().ifPresent(bytes -> rows.add(List.of("rest", megabytes(bytes))));
    memory.peak().ifPresent(bytes -> rows.add(List.of("peak", megabytes(bytes))));
    return rows;
  }

  private static String megabytes(long bytes) {
    return "%.0f".formatted(bytes / 1e6);
  }

  private List<List<String>> steps() {
    StepFigures.Parts parts = figures.parts();
    return List.of(
        row("training step of %d images".formatted(figures.batch()), figures.step()),
        row("- gradient", parts.gradient()),
        row("- driver: projection", parts.projection()),
        row("- driver: packing", parts.packing()),
        row("- driver: update", parts.update()),
        row("classification", figures.classification()));
  }

  private List<String> row(String what, double seconds) {
    return List.of(what, milliseconds(seconds), "%.1f".formatted(figures.batch() / seconds));
  }

  private List<List<String>> phases() {
    List<List<String>> rows = new ArrayList<>();
    double rest = figures.profile().step();
    double floor = 0;
    for (Phase phase : Phase.values()) {
      double seconds = figures.profile().seconds().get(phase);
      rest -= seconds;
      floor += floor(phase);
      rows.add(phase.isConvolution() ? convolution(phase, seconds) : memory(phase, seconds));
    }
    rows.add(List.of("rest", milliseconds(rest), "", "", "", ""));
    rows.add(
        List.of(
            "together", milliseconds(figures.profile().step()), milliseconds(floor), "", "", ""));
    return rows;
  }

  private List<String> convolution(Phase phase, double seconds) {
    double operations = 2.0 * network.multiplyAdds() * figures.batch();
    return List.of(
        ValueType.nameOf(phase),
        milliseconds(seconds),
        milliseconds(floor(phase)),
        "",
        "",
        "%.0f".formatted(operations / seconds / 1e9));
  }

  private List<String> memory(Phase phase, double seconds) {
    long bytes = figures.profile().bytes().getOrDefault(phase, 0L);
    return List.of(
        ValueType.nameOf(phase),
        milliseconds(seconds),
        bytes == 0 ? "" : milliseconds(floor(phase)),
        bytes == 0 ? "" : "%.0f".formatted(bytes / 1e6),
        bytes == 0 ? "" : "%.1f".formatted(bytes / seconds / 1e9),
        "");
  }

  private double floor(Phase phase) {
    return phase.isConvolution()
        ? figures.profile().alone().get(phase)
        : figures.profile().bytes().getOrDefault(phase, 0L) / figures.bytesPerSecond();
  }

  private String remarks() {
    return """
        The floor of a convolution is what oneDNN needs for it when it runs by itself, over and over;
        that of the other phases is their bytes at %.1f GB/s, the rate of copying memory. Times are
        means over the threads and medians of the steps. Memory is that of training, before anything
        was classified; the engine's is told for the moment of a step when most of it is used.
        """
        .formatted(figures.bytesPerSecond() / 1e9);
  }

  private static String milliseconds(double seconds) {
    return "%.1f".formatted(seconds * 1e3);
  }
}
