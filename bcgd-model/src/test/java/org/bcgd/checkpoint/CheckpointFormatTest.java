// SPDX-License-Identifier: Apache-2.0
package org.bcgd.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bcgd.descent.MasterState;
import org.bcgd.failure.CheckpointException;
import org.bcgd.parameters.ParameterLayout;
import org.bcgd.parameters.ParameterRole;
import org.bcgd.parameters.ParameterSlice;
import org.junit.jupiter.api.Test;

class CheckpointFormatTest {

  private static final Checkpoint CHECKPOINT =
      new Checkpoint(
          "{\"a\":\"network\"}",
          new ParameterLayout(
              List.of(
                  new ParameterSlice("conv/W", ParameterRole.WEIGHT, 0, List.of(2, 3)),
                  new ParameterSlice("conv/b", ParameterRole.BIAS, 6, List.of(2)))),
          new MasterState(
              17,
              new float[] {1, -2, 3.5f, -0f, Float.MIN_VALUE, 1e30f, 7, 8},
              new float[] {0, 1, 2, 3, 4, 5, 6, 7}),
          Map.of("seed", "1", "java", "17"));

  @Test
  void everyBitComesBack() throws IOException {
    assertThat(read(bytes())).usingRecursiveComparison().isEqualTo(CHECKPOINT);
  }

  @Test
  void aFileCutShortAnywhereIsRefused() throws IOException {
    byte[] bytes = bytes();
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> read(cut))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("step-17.ckpt");
    }
  }

  @Test
  void aFlippedBitAnywhereIsRefused() throws IOException {
    byte[] bytes = bytes();
    for (int i = 0; i < bytes.length; i++) {
      byte[] flipped = bytes.clone();
      flipped[i] ^= 0x10;
      assertThatThrownBy(() -> read(flipped))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("step-17.ckpt");
    }
  }

  /** The file was written once, by write_v1.py beside it: it stays readable for ever. */
  @Test
  void aFileOfVersionOneIsRead() throws IOException {
    try (InputStream file = getClass().getResourceAsStream("v1.ckpt")) {
      Checkpoint golden = CheckpointFormat.read(file, "v1.ckpt");

      assertThat(golden.network()).isEqualTo("{\"name\":\"golden\"}");
      assertThat(golden.layout().slices())
          .extracting(ParameterSlice::name, ParameterSlice::role, ParameterSlice::shape)
          .containsExactly(
              tuple("conv1/W", ParameterRole.WEIGHT, List.of(2, 1, 1, 3)),
              tuple("conv1/b", ParameterRole.BIAS, List.of(2)),
              tuple("norm1/gamma", ParameterRole.NORM_SCALE, List.of(2)),
              tuple("norm1/beta", ParameterRole.NORM_SHIFT, List.of(2)),
              tuple("norm1/mean", ParameterRole.RUNNING_MEAN, List.of(2)),
              tuple("norm1/var", ParameterRole.RUNNING_VARIANCE, List.of(2)),
              tuple("activation1/alpha", ParameterRole.RESOLUTION, List.of(1)));
      assertThat(golden.state().step()).isEqualTo(123_456_789_012L);
      for (int i = 0; i < 17; i++) {
        assertThat(golden.state().weights()[i]).isEqualTo((i - 8) / 4f);
        assertThat(golden.state().momentum()[i]).isEqualTo(Math.scalb(1f, -i));
      }
      assertThat(golden.provenance())
          .isEqualTo(Map.of("bcgd", "0.1.0", "settings", "name = golden\n", "umlaut", "ä"));
    }
  }

  @Test
  void anotherFormatVersionIsNamed() throws IOException {
    byte[] bytes = bytes();
    bytes[11] = 9;
    assertThatThrownBy(() -> read(bytes)).hasMessageContaining("format version is 9");
  }

  private static byte[] bytes() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CheckpointFormat.write(CHECKPOINT, out);
    return out.toByteArray();
  }

  private static Checkpoint read(byte[] bytes) throws IOException {
    return CheckpointFormat.read(new ByteArrayInputStream(bytes), "step-17.ckpt");
  }
}
