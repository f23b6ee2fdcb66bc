// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.shards;

import java.io.BufferedOutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.commons.io.output.CountingOutputStream;
import org.apache.spark.api.java.function.Function2;
import org.bcgd.checksum.Sha256;
import org.bcgd.data.ImageBlock;
import org.bcgd.data.ImageBlockFormat;
import org.bcgd.data.ImageShard;
import org.bcgd.spark.shards.DatasetManifest.ShardFile;
import org.bcgd.spark.storage.Folder;
import org.bcgd.spark.storage.HadoopConfiguration;

/**
 * The task that writes the blocks of a shard. A retry writes the same files again. What it tells of
 * them crosses the Spark wire as JSON, which no serializer stumbles over.
 */
final class WriteShard implements Function2<Integer, Iterator<ImageShard>, Iterator<String>> {

  private static final long serialVersionUID = 1;
  private static final String NAME = "shard-%05d-%03d.images";
  private static final Pattern ANY_NAME = Pattern.compile("shard-\\d{5}-\\d{3}\\.images");

  private final String folder;
  private final int classes;
  private final HadoopConfiguration configuration;

  WriteShard(String folder, int classes, HadoopConfiguration configuration) {
    this.folder = folder;
    this.classes = classes;
    this.configuration = configuration;
  }

  /** Whether a name is one that this task gives to its files. */
  static boolean isShardFile(String name) {
    return ANY_NAME.matcher(name).matches();
  }

  @Override
  public Iterator<String> call(Integer shard, Iterator<ImageShard> images) {
    Folder target = Folder.at(folder, configuration.value());
    List<ImageBlock> blocks = images.next().blocks();
    List<String> files = new ArrayList<>();
    for (int i = 0; i < blocks.size(); i++) {
      ShardFile file = write(target, shard, NAME.formatted(shard, i), blocks.get(i));
      files.add(file.toJson());
    }
    return files.iterator();
  }

  private ShardFile write(Folder target, int shard, String name, ImageBlock block) {
    MessageDigest digest = Sha256.start();
    long[] length = new long[1];
    target.write(
        name,
        out -> {
          CountingOutputStream counting =
              new CountingOutputStream(new DigestOutputStream(out, digest));
          BufferedOutputStream buffered = new BufferedOutputStream(counting, 1 << 16);
          ImageBlockFormat.write(block, buffered);
          length[0] = counting.getByteCount();
        });
    return new ShardFile(
        shard,
        name,
        block.size(),
        length[0],
        HexFormat.of().formatHex(digest.digest()),
        histogram(block));
  }

  private List<Integer> histogram(ImageBlock block) {
    Integer[] counts = new Integer[classes];
    Arrays.fill(counts, 0);
    for (int i = 0; i < block.size(); i++) {
      counts[block.label(i)]++;
    }
    return List.of(counts);
  }
}
