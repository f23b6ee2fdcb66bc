// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.cluster;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.MiniYARNCluster;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.ResourceScheduler;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.fifo.FifoScheduler;

/**
 * Hadoop on this machine: a name node, a data node, a resource manager and a node manager, which
 * starts each container as a process.
 */
final class YarnCluster implements AutoCloseable {

  private static final String NAME = "yarn";
  private static final List<String> ADDRESSES =
      List.of("fs.defaultFS", YarnConfiguration.RM_ADDRESS, YarnConfiguration.RM_SCHEDULER_ADDRESS);

  private final MiniDFSCluster hdfs;
  private final MiniYARNCluster yarn;
  private final Path configuration;

  private YarnCluster(MiniDFSCluster hdfs, MiniYARNCluster yarn, Path configuration) {
    this.hdfs = hdfs;
    this.yarn = yarn;
    this.configuration = configuration;
  }

  static YarnCluster in(Path directory) throws IOException {
    Configuration settings = new YarnConfiguration();
    settings.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, directory.resolve("hdfs").toString());
    settings.setInt(YarnConfiguration.YARN_MINICLUSTER_NM_PMEM_MB, 8192);
    settings.setInt(YarnConfiguration.RM_SCHEDULER_MINIMUM_ALLOCATION_MB, 256);
    settings.setFloat(YarnConfiguration.NM_MAX_PER_DISK_UTILIZATION_PERCENTAGE, 100);
    settings.setClass(YarnConfiguration.RM_SCHEDULER, FifoScheduler.class, ResourceScheduler.class);
    settings.setBoolean(YarnConfiguration.NM_VMEM_CHECK_ENABLED, false);
    MiniDFSCluster hdfs = new MiniDFSCluster.Builder(settings).numDataNodes(1).build();
    settings.set("fs.defaultFS", hdfs.getURI().toString());
    MiniYARNCluster yarn = new MiniYARNCluster(NAME, 1, 1, 1);
    yarn.init(settings);
    yarn.start();
    Path configuration = Files.createDirectories(directory.resolve("hadoop-conf"));
    writeAddresses(yarn.getConfig(), configuration);
    return new YarnCluster(hdfs, yarn, configuration);
  }

  private static void writeAddresses(Configuration cluster, Path folder) throws IOException {
    Configuration addresses = new Configuration(false);
    for (String name : ADDRESSES) {
      addresses.set(name, cluster.get(name));
    }
    for (String file : List.of("core-site.xml", "yarn-site.xml")) {
      try (OutputStream out = Files.newOutputStream(folder.resolve(file))) {
        addresses.writeXml(out);
      }
    }
  }

  /** The folder that HADOOP_CONF_DIR names for its clients. */
  Path configuration() {
    return configuration;
  }

  Configuration hadoop() {
    return yarn.getConfig();
  }

  /** A path on its HDFS. */
  String uri(String path) {
    return hdfs.getURI() + path;
  }

  /** The processes in its containers that run a program of that class. */
  static Stream<ProcessHandle> containers(String mainClass) {
    return ProcessHandle.current()
        .descendants()
        .filter(process -> process.info().command().orElse("").endsWith("java"))
        .filter(
            process -> process.info().commandLine().filter(l -> l.contains(mainClass)).isPresent());
  }

  /** What the containers whose names end so have printed for people. */
  String printed(String containers) throws IOException {
    StringBuilder printed = new StringBuilder();
    for (Path file : stdouts()) {
      if (file.getParent().toString().endsWith(containers)) {
        printed.append(Files.readString(file));
      }
    }
    return printed.toString();
  }

  private List<Path> stdouts() throws IOException {
    try (Stream<Path> files = Files.walk(yarn.getTestWorkDir().toPath())) {
      return files.filter(file -> file.endsWith("stdout")).toList();
    }
  }

  @Override
  public void close() throws IOException {
    yarn.close();
    hdfs.shutdown();
  }
}
