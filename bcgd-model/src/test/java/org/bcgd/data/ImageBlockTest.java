// SPDX-License-Identifier: Apache-2.0
package org.bcgd.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImageBlockTest {

  private static final ImageEncoding FILES = new ImageEncoding.Compressed();
  private static final ImageEncoding RAW = new ImageEncoding.Raw(new ImageShape(1, 1, 2));

  @Test
  void imagesComeBackAsTheyWereAdded() {
    ImageBlock block =
        new ImageBlock.Builder(FILES, 100)
            .add(new byte[] {1, 2, 3}, 4)
            .add(new byte[] {5}, 70000)
            .build();
    assertThat(block.size()).isEqualTo(2);
    assertThat(block.byteCount()).isEqualTo(4);
    assertThat(block.image(0)).containsExactly(1, 2, 3);
    assertThat(block.image(1)).containsExactly(5);
    assertThat(block.label(0)).isEqualTo(4);
    assertThat(block.label(1)).isEqualTo(70000);
    assertThat(block.encoding()).isEqualTo(FILES);
  }

  @Test
  void aFullBlockTakesNoMore() {
    ImageBlock.Builder builder = new ImageBlock.Builder(FILES, 4).add(new byte[3], 0);
    assertThat(builder.fits(1)).isTrue();
    assertThat(builder.fits(2)).isFalse();
    assertThatThrownBy(() -> builder.add(new byte[2], 0)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anEmptyBlockTakesAnImageLargerThanTheLimit() {
    ImageBlock.Builder builder = new ImageBlock.Builder(FILES, 4);
    assertThat(builder.isEmpty()).isTrue();
    assertThat(builder.fits(9)).isTrue();
    assertThat(builder.add(new byte[9], 0).isEmpty()).isFalse();
  }

  @Test
  void aRawImageOfAnotherShapeIsRefused() {
    assertThatThrownBy(() -> new ImageBlock.Builder(RAW, 100).add(new byte[3], 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("3 bytes for raw pixels of 1 x 1 x 2");
  }

  @Test
  void aBlockTravelsAsAJavaObject() throws Exception {
    ImageBlock block = new ImageBlock.Builder(RAW, 100).add(new byte[] {8, 9}, 3).build();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new ObjectOutputStream(bytes).writeObject(block);
    Object copy = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
    assertThat(copy).usingRecursiveComparison().isEqualTo(block);
  }

  @Test
  void aShardNumbersTheImagesOfItsBlocksThrough() {
    ImageBlock first =
        new ImageBlock.Builder(RAW, 100)
            .add(new byte[] {0, 0}, 10)
            .add(new byte[] {1, 1}, 11)
            .build();
    ImageBlock second = new ImageBlock.Builder(RAW, 100).add(new byte[] {2, 2}, 12).build();
    ImageShard shard = new ImageShard(List.of(first, second, first));
    assertThat(shard.size()).isEqualTo(5);
    assertThat(shard.encoding()).isEqualTo(RAW);
    int[] expected = {0, 1, 2, 0, 1};
    for (int i = 0; i < expected.length; i++) {
      assertThat(shard.image(i)).containsExactly(expected[i], expected[i]);
      assertThat(shard.label(i)).isEqualTo(10 + expected[i]);
    }
    assertThatThrownBy(() -> shard.image(5)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> shard.label(-1)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void aShardHasOneEncoding() {
    ImageBlock raw = new ImageBlock.Builder(RAW, 9).add(new byte[2], 0).build();
    ImageBlock files = new ImageBlock.Builder(FILES, 9).add(new byte[2], 0).build();
    assertThatThrownBy(() -> new ImageShard(List.of(raw, files)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
