// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.prediction;

import java.io.Serializable;
import java.util.function.Function;
import org.bcgd.checksum.Sha256;
import org.bcgd.packed.PackedFormat;
import org.bcgd.packed.PackedModel;
import org.bcgd.packed.QuantizedModel;

/**
 * A packed model on its way to the executors: its file's bytes. Each process loads it once, for all
 * of its tasks.
 */
public final class ModelBroadcast implements Serializable {

  private static final long serialVersionUID = 1;

  private final byte[] bytes;
  private final String digest;

  public ModelBroadcast(PackedModel model) {
    this(PackedFormat.bytes(model));
  }

  /** The content of a packed model's file. */
  public ModelBroadcast(byte[] bytes) {
    this.bytes = bytes;
    this.digest = Sha256.hex(bytes);
  }

  /** The content of the model's file; not to be changed. */
  public byte[] bytes() {
    return bytes;
  }

  /** Lends the model of this process; other threads may have it at the same time. */
  public <T> T use(Function<QuantizedModel, T> use) {
    return ExecutorModels.using(digest, bytes, use);
  }
}
