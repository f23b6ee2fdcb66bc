// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.prediction;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bcgd.checksum.Sha256;
import org.bcgd.packed.PackedFormat;
import org.bcgd.packed.PackedModel;
import org.bcgd.packed.QuantizedModel;

/**
 * A packed model on its way to the executors: its file's bytes. Each process loads it once, for all
 * of its tasks, with as many threads as it has processors, and keeps it until it ends.
 */
public final class ModelBroadcast implements Serializable {

  private static final long serialVersionUID = 1;
  private static final Map<String, QuantizedModel> LOADED = new ConcurrentHashMap<>(); // by digest

  private final byte[] bytes;
  private final String digest;

  public ModelBroadcast(PackedModel model) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      PackedFormat.write(model, out);
    } catch (IOException e) {
      throw new UncheckedIOException("memory takes what is written", e);
    }
    this.bytes = out.toByteArray();
    this.digest = Sha256.hex(bytes);
  }

  /** Bytes on the wire. */
  public int size() {
    return bytes.length;
  }

  /** The model of this process. */
  public QuantizedModel model() {
    return LOADED.computeIfAbsent(digest, unknown -> load());
  }

  private QuantizedModel load() {
    try {
      PackedModel model = PackedFormat.read(new ByteArrayInputStream(bytes), "of the broadcast");
      return new QuantizedModel(model, Runtime.getRuntime().availableProcessors());
    } catch (IOException e) {
      throw new UncheckedIOException("memory is read without fail", e);
    }
  }
}
