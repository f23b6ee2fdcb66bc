// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.memory;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** The memory of the machine, or of the container, in which this JVM runs. */
final class MachineMemory {

  private MachineMemory() {}

  static long bytes() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getTotalMemorySize();
  }
}
