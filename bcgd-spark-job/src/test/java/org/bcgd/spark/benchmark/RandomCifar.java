// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bcgd.randomness.RandomKey;

/** Random images in the layout of CIFAR-10. */
final class RandomCifar {

  private static final int RECORD = 1 + 3 * 32 * 32;

  private RandomCifar() {}

  /** Writes so many training images, and 100 to judge by, and returns the folder. */
  static Path write(Path folder, int images) throws IOException {
    List<String> training =
        List.of(
            "data_batch_1.bin",
            "data_batch_2.bin",
            "data_batch_3.bin",
            "data_batch_4.bin",
            "data_batch_5.bin");
    for (String name : training) {
      Files.write(folder.resolve(name), records(name, images / training.size()));
    }
    Files.write(folder.resolve("test_batch.bin"), records("test", 100));
    return folder;
  }

  private static byte[] records(String name, int count) {
    byte[] bytes = new byte[count * RECORD];
    RandomKey.of(name.hashCode()).generator().nextBytes(bytes);
    for (int n = 0; n < count; n++) {
      bytes[n * RECORD] = (byte) (n % 10);
    }
    return bytes;
  }
}
