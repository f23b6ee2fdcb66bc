// SPDX-License-Identifier: Apache-2.0
package org.bcgd.network.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The tensors that another program wrote: a line each of name, shape (such as 6x2x3x3) and values
 * in row-major order.
 */
record GoldenFile(Map<String, Tensor> tensors) {

  record Tensor(List<Integer> shape, float[] values) {}

  static GoldenFile read(String resource) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(GoldenFile.class.getResourceAsStream(resource), resource),
                StandardCharsets.UTF_8))) {
      Map<String, Tensor> tensors = new HashMap<>();
      lines.lines().map(line -> line.split(" ")).forEach(words -> tensors.put(words[0], of(words)));
      return new GoldenFile(tensors);
    }
  }

  Tensor tensor(String name) {
    assertThat(tensors).containsKey(name);
    return tensors.get(name);
  }

  float[] values(String name) {
    return tensor(name).values;
  }

  float value(String name) {
    assertThat(values(name)).hasSize(1);
    return values(name)[0];
  }

  int[] integers(String name) {
    float[] values = values(name);
    int[] integers = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      integers[i] = Math.round(values[i]);
    }
    return integers;
  }

  private static Tensor of(String[] words) {
    float[] values = new float[words.length - 2];
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.parseFloat(words[i + 2]);
    }
    return new Tensor(Stream.of(words[1].split("x")).map(Integer::valueOf).toList(), values);
  }
}
