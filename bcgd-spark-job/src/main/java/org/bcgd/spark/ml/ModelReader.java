// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.ml;

import java.io.InputStream;
import org.apache.spark.ml.util.DefaultParamsReadable;
import org.apache.spark.ml.util.MLReader;
import org.bcgd.spark.storage.Folder;

/** Reads what {@link ModelWriter} writes. */
final class ModelReader extends MLReader<QuantizedImageClassificationModel> {

  private static final DefaultParamsReadable<QuantizedImageClassificationModel> PARAMS =
      new DefaultParamsReadable<>() {};

  @Override
  public QuantizedImageClassificationModel load(String path) {
    QuantizedImageClassificationModel model = PARAMS.read().session(sparkSession()).load(path);
    model.pack(
        Folder.read(
            path + "/" + ModelWriter.FILE,
            sparkSession().sparkContext().hadoopConfiguration(),
            InputStream::readAllBytes));
    model.model();
    return model;
  }
}
