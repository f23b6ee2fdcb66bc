// SPDX-License-Identifier: Apache-2.0
package org.bcgd.parameters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.bcgd.quantization.BinaryQuantizer;
import org.bcgd.quantization.QuantizedTensor;
import org.bcgd.quantization.TernaryQuantizer;
import org.bcgd.quantization.UniformQuantizer;
import org.bcgd.quantization.WeightQuantizer;
import org.bcgd.randomness.RandomKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PackedSnapshotTest {

  private static final ParameterLayout LAYOUT =
      new ParameterLayout(
          List.of(
              new ParameterSlice("a/W", ParameterRole.WEIGHT, 0, List.of(3, 7)),
              new ParameterSlice("a/b", ParameterRole.BIAS, 21, List.of(3))));

  static Stream<WeightQuantizer> quantizers() {
    return Stream.concat(
        Stream.of(new BinaryQuantizer(), new TernaryQuantizer()),
        Stream.of(2, 3, 4, 5, 6, 7, 8).map(bits -> new UniformQuantizer(bits, 2)));
  }

  @ParameterizedTest
  @MethodSource("quantizers")
  void everyValueSurvivesTheWire(WeightQuantizer quantizer) throws Exception {
    WeightSnapshot snapshot = snapshot(quantizer, 3);
    PackedSnapshot received = throughTheWire(PackedSnapshot.of(snapshot));
    assertThat(received.unpack(LAYOUT).values()).containsExactly(snapshot.values());
    assertThat(received.unpack(LAYOUT).quantized(0).orElseThrow().levels())
        .containsExactly(snapshot.quantized(0).orElseThrow().levels());
  }

  @Test
  void aBinaryWeightTakesOneBit() {
    // header 12, slice of 21 signs: 8 + 1 scale 4 + 3 bytes, slice of 3 floats: 4 + 12, checksum 4
    assertThat(PackedSnapshot.of(snapshot(new BinaryQuantizer(), 1)).size())
        .isEqualTo(12 + 8 + 4 + 3 + 4 + 12 + 4);
  }

  @Test
  void anotherLayoutIsRefused() {
    PackedSnapshot packed = PackedSnapshot.of(snapshot(new BinaryQuantizer(), 1));
    ParameterLayout other =
        new ParameterLayout(
            List.of(new ParameterSlice("other/W", ParameterRole.WEIGHT, 0, List.of(24))));
    assertThatThrownBy(() -> packed.unpack(other)).hasMessageContaining("another network");
  }

  private static WeightSnapshot snapshot(WeightQuantizer quantizer, int scales) {
    float[] weights = new float[LAYOUT.size()];
    RandomGenerator random = RandomKey.of(5).generator();
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) random.nextGaussian();
    }
    return new WeightSnapshot(
        LAYOUT,
        List.of(
            Optional.of(QuantizedTensor.project(quantizer, weights, 0, 21, scales)),
            Optional.empty()),
        weights);
  }

  static <T> T throughTheWire(T value) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(value);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      @SuppressWarnings("unchecked")
      T copy = (T) in.readObject();
      return copy;
    }
  }
}
