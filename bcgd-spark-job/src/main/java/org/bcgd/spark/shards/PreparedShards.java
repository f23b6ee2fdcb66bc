// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.shards;

import java.io.BufferedInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.bcgd.checksum.Sha256;
import org.bcgd.data.ImageBlock;
import org.bcgd.data.ImageBlockFormat;
import org.bcgd.data.ImageEncoding;
import org.bcgd.data.ImageShard;
import org.bcgd.data.source.FileTree;
import org.bcgd.failure.DataException;
import org.bcgd.failure.SettingsException;
import org.bcgd.spark.shards.DatasetManifest.ShardFile;

/**
 * Shards that were prepared. Logical shard p of P is made of the prepared shards p, p + P, p + 2P
 * and so on, so the number prepared must be a multiple of P.
 *
 * @param files of the split
 * @param manifest what it says of them
 * @param shards number of logical shards P
 */
public record PreparedShards(FileTree files, DatasetManifest manifest, int shards)
    implements ShardSource {

  public PreparedShards {
    if (manifest.shards() % shards != 0) {
      throw new SettingsException(
          "dataset.shards is "
              + shards
              + ", but "
              + files.describe()
              + " was prepared in "
              + manifest.shards()
              + " shards: set a divisor of "
              + manifest.shards());
    }
  }

  /**
   * The shards that lie below a folder.
   *
   * @throws DataException if there is no manifest or it cannot be read
   */
  public static PreparedShards in(FileTree files, int shards) {
    String where = files.describe() + "/" + DatasetManifest.NAME;
    try {
      if (!files.contains(DatasetManifest.NAME)) {
        throw new DataException(
            where
                + " does not exist: the folder holds no prepared dataset, or its preparation did"
                + " not finish. Run prepare");
      }
      try (InputStream in = files.open(DatasetManifest.NAME)) {
        return new PreparedShards(
            files, DatasetManifest.fromJson(in.readAllBytes(), where), shards);
      }
    } catch (IOException e) {
      throw new DataException(where + " cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public int images() {
    return manifest.images();
  }

  @Override
  public ImageEncoding encoding() {
    return manifest.encoding();
  }

  @Override
  public List<String> classNames() {
    return manifest.classNames();
  }

  @Override
  public ImageShard load(int shard) {
    List<ImageBlock> blocks = new ArrayList<>();
    for (ShardFile file : manifest.files()) {
      if (file.shard() % shards == shard) {
        blocks.add(block(file));
      }
    }
    return new ImageShard(blocks);
  }

  @Override
  public String describe() {
    return files.describe();
  }

  private ImageBlock block(ShardFile file) {
    String where = files.describe() + "/" + file.name();
    try (DigestInputStream in =
        new DigestInputStream(
            new BufferedInputStream(files.open(file.name()), 1 << 16), Sha256.start())) {
      ImageBlock block = ImageBlockFormat.read(in, where);
      if (!HexFormat.of().formatHex(in.getMessageDigest().digest()).equals(file.sha256())) {
        throw new DataException(
            where
                + " is not the file that the manifest names: SHA-256 differs."
                + " Prepare the dataset again");
      }
      return block;
    } catch (FileNotFoundException e) {
      throw new DataException(where + " is missing. Prepare the dataset again", e);
    } catch (IOException e) {
      throw new DataException(where + " cannot be read: " + e.getMessage(), e);
    }
  }
}
