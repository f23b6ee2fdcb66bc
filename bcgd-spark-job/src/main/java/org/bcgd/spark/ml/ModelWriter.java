// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.ml;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.spark.ml.util.MLWriter;
import org.bcgd.spark.storage.Folder;

/**
 * A model on any Hadoop file system.
 *
 * <pre>
 *   metadata/      class, uid and params, as Spark writes them
 *   model.bcgd     the packed model
 * </pre>
 */
final class ModelWriter extends MLWriter {

  static final String FILE = "model.bcgd";

  private final QuantizedImageClassificationModel model;

  ModelWriter(QuantizedImageClassificationModel model) {
    this.model = model;
  }

  @Override
  public void saveImpl(String path) {
    try {
      model.writeParams().session(sparkSession()).save(path);
    } catch (IOException e) {
      throw new UncheckedIOException("the params of " + model + " cannot be saved", e);
    }
    Folder.at(path, sparkSession().sparkContext().hadoopConfiguration())
        .write(FILE, out -> out.write(model.packed()));
  }
}
