// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.deployment;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.bcgd.export.OnnxDialect;
import org.bcgd.export.OnnxExport;
import org.bcgd.packed.PackedFormat;
import org.bcgd.packed.PackedModel;
import org.bcgd.spark.settings.hocon.ValueType;

/** What a model can be written as. */
public enum ExportFormat {
  /** One file of low-bit weights, for {@code QuantizedModel}. */
  PACKED("model.bcgd", (model, out) -> out.write(PackedFormat.bytes(model))),
  /** ONNX with bytes as codes and weights. */
  ONNX("model.onnx", (model, out) -> OnnxExport.write(model, OnnxDialect.INTEGER, out)),
  /** ONNX with the same numbers as float32. */
  ONNX_FLOAT("model-float.onnx", (model, out) -> OnnxExport.write(model, OnnxDialect.FLOAT, out));

  private interface Writer {
    void write(PackedModel model, OutputStream out) throws IOException;
  }

  private final String fileName;
  private final Writer writer;

  ExportFormat(String fileName, Writer writer) {
    this.fileName = fileName;
    this.writer = writer;
  }

  /** The name of the file in the folder of the export. */
  public String fileName() {
    return fileName;
  }

  boolean isOnnx() {
    return this != PACKED;
  }

  byte[] bytes(PackedModel model) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      writer.write(model, out);
    } catch (IOException e) {
      throw new UncheckedIOException("memory takes what is written", e);
    }
    return out.toByteArray();
  }

  /** The word of the command line, and of reports. */
  @Override
  public String toString() {
    return ValueType.nameOf(this);
  }
}
