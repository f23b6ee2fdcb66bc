// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.SparkConf;
import org.bcgd.spark.cli.arguments.SettingsArguments;
import org.bcgd.spark.cli.table.Table;
import org.bcgd.spark.memory.MemoryLimits;
import org.bcgd.spark.run.RunPlan;
import org.bcgd.spark.settings.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks settings and dataset and shows the plan of a run. */
@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    description = "Checks the settings and shows the plan of the run; starts nothing.")
final class ValidateCommand implements Callable<Integer> {

  @Mixin private SettingsArguments arguments;

  @Option(names = "--effective", description = "Also prints the complete effective settings.")
  private boolean effective;

  @Override
  public Integer call() {
    Settings settings = arguments.read();
    RunPlan plan = RunPlan.of(settings, SparkStart.hadoop());
    if (effective) {
      System.out.println(settings.effective());
    }
    MemoryLimits limits = MemoryLimits.of(new SparkConf(), plan.shards());
    System.out.println(new Table(List.of("plan", "value"), rows(settings, plan, limits)));
    limits.require(plan.memory());
    return 0;
  }

  private static List<List<String>> rows(Settings settings, RunPlan plan, MemoryLimits limits) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("network", plan.network().toString()));
    rows.add(List.of("computed by", plan.execution()));
    rows.add(List.of("dataset", plan.dataset()));
    rows.add(
        List.of(
            "images",
            "%,d to train on, %,d to judge by".formatted(plan.images(), plan.judgingImages())));
    rows.add(List.of("shards", "%,d".formatted(plan.shards())));
    rows.add(
        List.of(
            "steps",
            "%,d (%,d epochs of %,d)"
                .formatted(plan.steps(), settings.training().epochs(), plan.stepsPerEpoch())));
    rows.add(
        List.of(
            "bytes a step",
            "%,d down to each executor, %,d up to the driver"
                .formatted(plan.bytesDown(), plan.bytesUp())));
    rows.add(List.of("heap of the driver", mebibytes(plan.memory().driverHeap())));
    rows.add(
        List.of(
            "images of a shard",
            plan.shardBytes() == 0 ? "compressed" : mebibytes(plan.shardBytes())));
    rows.add(List.of("heap of a task", mebibytes(plan.memory().taskHeap())));
    rows.add(List.of("native memory of a task", mebibytes(plan.memory().taskNative())));
    rows.add(
        List.of(
            "outside of the heap",
            "%s for %d tasks at once"
                .formatted(mebibytes(limits.outsideNeeded(plan.memory())), limits.tasks())));
    rows.add(List.of("run folder", settings.run().folder()));
    return rows;
  }

  private static String mebibytes(long bytes) {
    return "%,.1f MiB".formatted(bytes / 1024.0 / 1024.0);
  }
}
