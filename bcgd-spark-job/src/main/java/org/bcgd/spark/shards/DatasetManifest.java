// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.shards;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bcgd.data.ImageEncoding;
import org.bcgd.data.ImageShape;
import org.bcgd.failure.DataException;

/**
 * What a folder of prepared shards holds. It is written last: a folder without it is not complete.
 *
 * @param version of this form, 1
 * @param dataset where the images come from
 * @param seed of the permutation that dealt them
 * @param rawShape shape of raw images; absent for JPEG and PNG
 * @param classNames by label
 * @param shards number of shards
 * @param files in the order of their shards
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DatasetManifest(
    int version,
    String dataset,
    long seed,
    ImageShape rawShape,
    List<String> classNames,
    int shards,
    List<ShardFile> files)
    implements Serializable {

  /** The name of the manifest in its folder. */
  static final String NAME = "manifest.json";

  static final int VERSION = 1;

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /**
   * One file, a block of one shard.
   *
   * @param shard number of the shard
   * @param name in the folder
   * @param images number of images
   * @param bytes length of the file
   * @param sha256 of the file, hexadecimal
   * @param labels number of images of each class
   */
  public record ShardFile(
      int shard, String name, int images, long bytes, String sha256, List<Integer> labels)
      implements Serializable {

    String toJson() {
      try {
        return JSON.writeValueAsString(this);
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("plain values are always written", e);
      }
    }

    static ShardFile fromJson(String json) {
      try {
        return JSON.readValue(json, ShardFile.class);
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("not what an executor writes: " + json, e);
      }
    }
  }

  /** Number of images. */
  @JsonIgnore
  public int images() {
    return files.stream().mapToInt(ShardFile::images).sum();
  }

  /** Length of all files. */
  @JsonIgnore
  public long bytes() {
    return files.stream().mapToLong(ShardFile::bytes).sum();
  }

  ImageEncoding encoding() {
    return Optional.ofNullable(rawShape)
        .<ImageEncoding>map(ImageEncoding.Raw::new)
        .orElseGet(ImageEncoding.Compressed::new);
  }

  byte[] toJson() throws IOException {
    return JSON.writeValueAsBytes(this);
  }

  static DatasetManifest fromJson(byte[] json, String where) throws IOException {
    DatasetManifest manifest;
    try {
      manifest = JSON.readValue(json, DatasetManifest.class);
    } catch (JsonProcessingException e) {
      throw new DataException(
          where + " is not the manifest of a prepared dataset: " + e.getOriginalMessage());
    }
    if (manifest.version != VERSION || manifest.files == null || manifest.classNames == null) {
      throw new DataException(
          where
              + " has version "
              + manifest.version
              + "; this software reads version "
              + VERSION
              + ". Prepare the dataset again");
    }
    manifest.requireEveryShard(where);
    return manifest;
  }

  private void requireEveryShard(String where) {
    Set<Integer> present = files.stream().map(ShardFile::shard).collect(Collectors.toSet());
    for (int shard = 0; shard < Math.max(1, shards); shard++) {
      if (!present.contains(shard)) {
        throw new DataException(
            where + " names no file of shard " + shard + ". Prepare the dataset again");
      }
    }
  }
}
