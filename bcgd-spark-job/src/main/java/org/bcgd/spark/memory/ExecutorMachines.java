// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.memory;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * What executors tell of the machines that they run on, where no cluster manager limits them.
 *
 * <pre>
 *   tasks = ⌈cores of the application / executors⌉
 *   share = min over machines of (memory of the machine / executors on it)
 * </pre>
 *
 * @param tasks that an executor runs at once
 * @param smallestShare bytes of its machine that fall to an executor
 */
public record ExecutorMachines(int tasks, long smallestShare) {

  private static final int QUESTIONS = 4; // for each executor, so that every one is likely asked

  /** Asks the executors of an application, in one short job. */
  public static ExecutorMachines of(JavaSparkContext spark) {
    int executors =
        Math.max(1, spark.sc().statusTracker().getExecutorInfos().length - 1); // no driver
    List<Integer> questions = IntStream.range(0, QUESTIONS * executors).boxed().toList();
    spark.setJobDescription("asking executors for their memory");
    List<String> answers =
        spark.parallelize(questions, questions.size()).map(question -> answer()).collect();
    int cores = spark.sc().defaultParallelism();
    return new ExecutorMachines(
        (cores + executors - 1) / executors, smallestShare(new TreeSet<>(answers)));
  }

  /** The same machines, where the number of tasks is known. */
  ExecutorMachines withTasks(int known) {
    return new ExecutorMachines(known, smallestShare);
  }

  /** Name of the machine, its memory, and the number of this process. */
  private static String answer() throws UnknownHostException {
    return "%s %d %d"
        .formatted(
            InetAddress.getLocalHost().getHostName(),
            MachineMemory.bytes(),
            ProcessHandle.current().pid());
  }

  /**
   * @param processes a machine's name, its memory and the number of a process, one for each process
   */
  static long smallestShare(Set<String> processes) {
    Map<String, List<String[]>> byMachine =
        processes.stream()
            .map(process -> process.split(" "))
            .collect(Collectors.groupingBy(words -> words[0]));
    return byMachine.values().stream()
        .map(
            machine ->
                machine.stream().mapToLong(words -> Long.parseLong(words[1])).min().orElseThrow()
                    / machine.size())
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }
}
