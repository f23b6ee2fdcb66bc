// SPDX-License-Identifier: Apache-2.0
package org.bcgd.packed.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bcgd.packed.PackedFormat;
import org.bcgd.packed.ServiceClassPath;
import org.bcgd.parameters.LayerSelection;

/**
 * What a model adds to the memory of a service. Three processes with no other jars than a service
 * needs prepare the same images one by one: one without oneDNN, one with its library loaded, and
 * one that classifies them with a model. Their heaps are of one size and touched as a whole at the
 * start, so that garbage tells nothing.
 *
 * <pre>
 *   mvn -q -pl bcgd-model test-compile exec:exec@service-memory -Dbenchmark="resnet18 224 1000 300 32"
 *       architecture, image size, classes, images, MiB of heap, options of java
 * </pre>
 */
public final class ServiceMemory {

  private ServiceMemory() {}

  /** Prints what the processes tell. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int size = Integer.parseInt(arguments[1]);
    int classes = Integer.parseInt(arguments[2]);
    String heap = arguments[4] + "m";
    Path file = Files.createTempFile(arguments[0], ".bcgd");
    Files.write(
        file,
        PackedFormat.bytes(DrawnModel.of(arguments[0], size, classes, new LayerSelection.All())));
    for (Service.Holding holding : Service.Holding.values()) {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(List.of("-Xms" + heap, "-Xmx" + heap, "-XX:+AlwaysPreTouch"));
      command.addAll(List.of(arguments).subList(5, arguments.length));
      command.addAll(List.of("--add-modules=jdk.incubator.vector", "-cp", ServiceClassPath.text()));
      command.addAll(
          List.of(
              Service.class.getName(),
              file.toString(),
              arguments[1],
              arguments[3],
              holding.toString()));
      new ProcessBuilder(command).inheritIO().start().waitFor();
    }
    Files.delete(file);
  }
}
