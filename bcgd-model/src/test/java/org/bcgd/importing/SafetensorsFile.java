// SPDX-License-Identifier: Apache-2.0
package org.bcgd.importing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes safetensors files for tests, sound ones and others. */
final class SafetensorsFile {

  private final Map<String, List<Integer>> shapes = new LinkedHashMap<>();

  /** Adds a float32 tensor whose values are its number, counted from 1. */
  SafetensorsFile with(String name, Integer... shape) {
    shapes.put(name, List.of(shape));
    return this;
  }

  SafetensorsFile without(String name) {
    shapes.remove(name);
    return this;
  }

  /** The number of a tensor, which is its value throughout. */
  float valueOf(String name) {
    return List.copyOf(shapes.keySet()).indexOf(name) + 1;
  }

  Safetensors read() {
    StringBuilder header = new StringBuilder("{");
    int end = 0;
    ByteBuffer data = ByteBuffer.allocate(total() * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (Map.Entry<String, List<Integer>> tensor : shapes.entrySet()) {
      int count = count(tensor.getValue());
      header.append(header.length() > 1 ? "," : "");
      header.append(
          "\"%s\":{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
              .formatted(tensor.getKey(), tensor.getValue(), end, end + 4 * count));
      end += 4 * count;
      float[] values = new float[count];
      Arrays.fill(values, valueOf(tensor.getKey()));
      for (float value : values) {
        data.putFloat(value);
      }
    }
    return read(bytes(header.append("}").toString(), data.array()));
  }

  private int total() {
    return shapes.values().stream().mapToInt(SafetensorsFile::count).sum();
  }

  private static int count(List<Integer> shape) {
    return shape.stream().reduce(1, Math::multiplyExact);
  }

  /** A file of that header and those bytes of data. */
  static byte[] bytes(String header, byte... data) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + text.length + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(text.length)
        .put(text)
        .put(data)
        .array();
  }

  static Safetensors read(byte[] bytes) {
    try {
      return Safetensors.read(new ByteArrayInputStream(bytes), "net.safetensors");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
