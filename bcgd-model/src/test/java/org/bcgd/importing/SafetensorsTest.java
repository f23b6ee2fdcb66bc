// SPDX-License-Identifier: Apache-2.0
package org.bcgd.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bcgd.importing.SafetensorsFile.bytes;
import static org.bcgd.importing.SafetensorsFile.read;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.bcgd.failure.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {

  private static final String PAIR =
      """
      {"__metadata__": {"made": "by hand"},
       "b": {"dtype": "F32", "shape": [2, 1], "data_offsets": [4, 12]},
       "a": {"dtype": "F32", "shape": [], "data_offsets": [0, 4]}}\s\s""";
  private static final byte[] NUMBERS = hex("0000803f 000000c0 0000c03f"); // 1, -2, 1.5

  @Test
  void tensorsComeWithShapeAndValuesInTheOrderOfTheirBytes() {
    Safetensors file = read(bytes(PAIR, NUMBERS));

    assertThat(file.tensors()).containsOnlyKeys("a", "b");
    assertThat(file.tensors().get("b").shape()).isEqualTo(List.of(2, 1));
    assertThat(values(file, "a")).containsExactly(1);
    assertThat(values(file, "b")).containsExactly(-2, 1.5f);
  }

  /** Bit patterns of IEEE 754 and of bfloat16, the upper half of float32. */
  @ParameterizedTest
  @CsvSource({
    "F64, 000000000000f03f, 1.0",
    "F64, 182d4454fb210940, 3.1415927", // π in double, rounded to float
    "F32, db0f4940, 3.1415927",
    "F16, 003c, 1.0",
    "F16, 00c0, -2.0",
    "F16, 5535, 0.33325195",
    "F16, ff7b, 65504.0",
    "F16, 0100, 5.9604645E-8", // the least subnormal, 2^-24
    "F16, ff03, 6.097555E-5", // the largest subnormal
    "F16, 0080, -0.0",
    "BF16, 803f, 1.0",
    "BF16, 49c0, -3.140625"
  })
  void everyFloatingPointTypeIsConverted(String type, String bytes, float expected) {
    byte[] data = hex(bytes);
    String header =
        "{\"a\": {\"dtype\": \"%s\", \"shape\": [1], \"data_offsets\": [0, %d]}}"
            .formatted(type, data.length);

    assertThat(values(read(bytes(header, data)), "a")).containsExactly(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0000807f", "000080ff", "0000c07f"})
  void aValueThatIsNotFiniteIsNamed(String bytes) {
    String header = "{\"a\": {\"dtype\": \"F32\", \"shape\": [1], \"data_offsets\": [0, 4]}}";
    Safetensors file = read(bytes(header, hex(bytes)));

    assertThatThrownBy(() -> values(file, "a"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("a of net.safetensors")
        .hasMessageContaining("number 0");
  }

  @Test
  void aFileCutShortOrTooLongIsRefused() {
    byte[] sound = bytes(PAIR, NUMBERS);
    for (int length = 0; length < sound.length; length++) {
      assertRefused(Arrays.copyOf(sound, length));
    }
    assertRefused(Arrays.copyOf(sound, sound.length + 1));
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Long.MIN_VALUE, Long.MAX_VALUE, 100_000_001, 0, 1, 1L << 32})
  void aHostileLengthOfTheHeaderTakesNoMemory(long length) {
    byte[] bytes = bytes(PAIR, NUMBERS);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(0, length);

    assertRefused(bytes);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[1] | [4, 8] | gap",
        "[3] | [0, 12] | describes 12 bytes",
        "[2] | [0, 4] | does not fill",
        "[2, 2147483647, 2147483647, 4] | [0, 8] | claims the shape",
        "[65536, 65536, 65536, 65536] | [0, 0] | claims the shape",
        "[-1] | [0, 4] | -1",
        "[99999999999] | [0, 4] | 99999999999",
        "[1.5] | [0, 6] | 1.5",
        "[1] | [4, 0] | offsets",
        "[1] | [0] | offsets",
        "[1] | [0, 99999999999] | 99999999999",
        "7 | [0, 4] | shape",
        "[] | {} | offsets"
      })
  void aTensorThatCannotBeIsNamed(String shape, String offsets, String message) {
    String header =
        "{\"a\": {\"dtype\": \"F32\", \"shape\": %s, \"data_offsets\": %s}}"
            .formatted(shape, offsets);

    assertThatThrownBy(() -> read(bytes(header, new byte[8])))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("net.safetensors")
        .hasMessageContaining(message);
  }

  @Test
  void tensorsThatOverlapAreRefused() {
    assertRefused(bytes(PAIR.replace("[4, 12]", "[0, 8]"), Arrays.copyOf(NUMBERS, 8)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "\"text\"",
        "{} {}",
        " {}",
        "{\"a\": 1}",
        "{\"a\": {\"dtype\": \"F31\", \"shape\": [], \"data_offsets\": [0, 0]}}",
        "{\"a\": {\"shape\": [0], \"data_offsets\": [0, 0]}}",
        "{\"a\": {\"dtype\": \"F32\", \"shape\": [0], \"data_offsets\": [0, 0]},"
            + " \"a\": {\"dtype\": \"F32\", \"shape\": [0], \"data_offsets\": [0, 0]}}"
      })
  void aHeaderOfAnotherFormIsRefused(String header) {
    assertRefused(bytes(header));
  }

  private static void assertRefused(byte[] bytes) {
    assertThatThrownBy(() -> read(bytes))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("The file net.safetensors cannot be used: ");
  }

  private static float[] values(Safetensors file, String name) {
    NamedTensor tensor = file.tensors().get(name);
    float[] values = new float[tensor.shape().stream().reduce(1, Math::multiplyExact)];
    tensor.copyTo(values, 0, file.where());
    return values;
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits.replace(" ", ""));
  }
}
