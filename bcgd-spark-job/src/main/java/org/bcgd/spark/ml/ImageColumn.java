// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.ml;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.bcgd.data.ImageEncoding;
import org.bcgd.data.ImageShape;
import org.bcgd.data.StoredImage;
import org.bcgd.spark.shards.given.GivenImage;

/**
 * A column of images: structs as Spark's source {@code image} gives them, or the bytes of JPEG and
 * PNG files as its source {@code binaryFile} does.
 *
 * @see <a href="https://spark.apache.org/docs/3.5.5/ml-datasource.html">Spark's image source</a>
 */
final class ImageColumn implements Serializable {

  private static final long serialVersionUID = 1;

  /** Where Spark's source image puts them. */
  static final String DEFAULT_NAME = "image";

  private static final Map<String, DataType> STRUCT =
      Map.of(
          "height", DataTypes.IntegerType,
          "width", DataTypes.IntegerType,
          "nChannels", DataTypes.IntegerType,
          "mode", DataTypes.IntegerType,
          "data", DataTypes.BinaryType);
  private static final String ORIGIN = "origin";
  private static final int DEPTH_BITS = 3; // of an OpenCV type; 0 in them are unsigned bytes
  private static final int BLUE_GREEN_RED = 3;

  private final ImageShape input;

  /**
   * @param input what the network takes
   */
  ImageColumn(ImageShape input) {
    this.input = input;
  }

  /**
   * Requires that a column can hold images.
   *
   * @throws IllegalArgumentException if it is missing or of another type
   */
  static void require(StructType schema, String name) {
    if (!Arrays.asList(schema.fieldNames()).contains(name)) {
      throw new IllegalArgumentException(
          "there is no column "
              + name
              + " of images; the columns are "
              + String.join(", ", schema.fieldNames()));
    }
    DataType type = schema.apply(name).dataType();
    if (!(type instanceof BinaryType) && !isImage(type)) {
      throw new IllegalArgumentException(
          "column "
              + name
              + " is of type "
              + type.catalogString()
              + "; needed is a struct as Spark's source image gives it, or binary with JPEG or PNG"
              + " files as binaryFile gives it in the column content");
    }
  }

  private static boolean isImage(DataType type) {
    return type instanceof StructType struct
        && STRUCT.entrySet().stream()
            .allMatch(
                field ->
                    Arrays.asList(struct.fieldNames()).contains(field.getKey())
                        && struct.apply(field.getKey()).dataType().equals(field.getValue()));
  }

  /**
   * The image of a cell.
   *
   * @param cell a struct, bytes or null
   */
  GivenImage image(Object cell, int label) {
    if (cell == null) {
      return unusable("it is null", "an image", label);
    }
    return cell instanceof byte[] file ? file(file, label) : struct((Row) cell, label);
  }

  private GivenImage file(byte[] file, int label) {
    String name = "a file of " + file.length + " bytes";
    return input.channels() == 1
        ? unusable(
            "JPEG and PNG files have three channels, the network takes " + input, name, label)
        : GivenImage.of(new ImageEncoding.Compressed(), new StoredImage(file, label, name));
  }

  private GivenImage struct(Row image, int label) {
    String name = name(image);
    int height = image.getAs("height");
    int width = image.getAs("width");
    int channels = image.getAs("nChannels");
    int mode = image.getAs("mode");
    byte[] data = image.getAs("data");
    if (height < 1 || width < 1 || data == null || data.length == 0) {
      return unusable("Spark could not decode it", name, label);
    }
    if (mode != channels - 1 << DEPTH_BITS || (channels != 1 && channels != 3 && channels != 4)) {
      return unusable(
          channels + " channels of OpenCV type " + mode + "; needed are 1, 3 or 4 of bytes",
          name,
          label);
    }
    if (data.length != (long) height * width * channels) {
      return unusable(
          data.length + " bytes for " + height + " x " + width + " x " + channels, name, label);
    }
    ImageShape shape = new ImageShape(Math.min(channels, BLUE_GREEN_RED), height, width);
    if (input.channels() == 1 && !shape.equals(input)) {
      return unusable("an image of " + shape + " for a network of " + input, name, label);
    }
    return GivenImage.of(
        new ImageEncoding.Raw(shape), new StoredImage(planes(data, channels), label, name));
  }

  private static String name(Row image) {
    boolean named = Arrays.asList(image.schema().fieldNames()).contains(ORIGIN);
    String origin = named ? image.getAs(ORIGIN) : null;
    return origin == null || origin.isEmpty() ? "an image without origin" : origin;
  }

  /** Blue, green, red, and perhaps opacity, pixel by pixel, as planes of red, green and blue. */
  private static byte[] planes(byte[] data, int channels) {
    if (channels == 1) {
      return data;
    }
    int area = data.length / channels;
    byte[] planes = new byte[BLUE_GREEN_RED * area];
    for (int i = 0; i < area; i++) {
      for (int c = 0; c < BLUE_GREEN_RED; c++) {
        planes[c * area + i] = data[i * channels + BLUE_GREEN_RED - 1 - c];
      }
    }
    return planes;
  }

  private static GivenImage unusable(String defect, String name, int label) {
    return GivenImage.unusable(defect, new StoredImage(new byte[0], label, name));
  }
}
