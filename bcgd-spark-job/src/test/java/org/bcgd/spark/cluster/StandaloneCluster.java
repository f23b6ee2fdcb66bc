// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Spark's own cluster manager: a master and two workers, each a process, on this machine. */
final class StandaloneCluster implements AutoCloseable {

  private static final Path JARS = Path.of("target", "spark-home", "jars").toAbsolutePath();

  private final Path directory;
  private final int port;
  private final List<Process> processes = new ArrayList<>();

  private StandaloneCluster(Path directory, int port) {
    this.directory = directory;
    this.port = port;
  }

  /** Starts the cluster and waits until both workers are registered. */
  static StandaloneCluster in(Path directory) throws IOException {
    StandaloneCluster cluster = new StandaloneCluster(directory, freePort());
    cluster.start(
        "master",
        "org.apache.spark.deploy.master.Master",
        List.of("--host", "127.0.0.1", "--port", "" + cluster.port, "--webui-port", "0"));
    for (String worker : List.of("worker1", "worker2")) {
      Path work = directory.resolve(worker);
      cluster.start(
          worker,
          "org.apache.spark.deploy.worker.Worker",
          List.of(
              "--host",
              "127.0.0.1",
              "--cores",
              "1",
              "--memory",
              "1500m",
              "--webui-port",
              "0",
              "--work-dir",
              work.toString(),
              cluster.master()));
    }
    cluster.await("master", "Registering worker", 2);
    return cluster;
  }

  String master() {
    return "spark://127.0.0.1:" + port;
  }

  @Override
  public void close() {
    processes.forEach(Process::destroyForcibly);
  }

  private void start(String name, String main, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx512m");
    command.add("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED");
    command.addAll(List.of("-cp", JARS + "/*", main));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log(name).toFile());
    builder.environment().put("SPARK_HOME", JARS.getParent().toString());
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    builder.environment().put("SPARK_SCALA_VERSION", "2.12");
    processes.add(builder.start());
  }

  private void await(String name, String line, int times) throws IOException {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (count(name, line) < times) {
      if (System.nanoTime() > deadline) {
        close();
        throw new IllegalStateException(Files.readString(log(name)));
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  private long count(String name, String text) throws IOException {
    try (Stream<String> lines = Files.lines(log(name))) {
      return lines.filter(line -> line.contains(text)).count();
    }
  }

  private Path log(String name) {
    return directory.resolve(name + ".log");
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
