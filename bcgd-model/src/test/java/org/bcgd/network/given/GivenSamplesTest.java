// SPDX-License-Identifier: Apache-2.0
package org.bcgd.network.given;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.bcgd.data.ImageShape;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** However ND4J holds a sample, its values come out in the order of their indices. */
class GivenSamplesTest {

  private static final ImageShape IMAGE = new ImageShape(3, 2, 2);
  private static final INDArray LABELS =
      Nd4j.createFromArray(new float[][] {{0, 1}, {1, 0}, {0, 1}});

  @Test
  void imagesOfAnyTypeAndOrder() {
    INDArray images = Nd4j.arange(36).castTo(DataType.FLOAT).reshape(3, 3, 2, 2);

    for (INDArray form :
        List.of(
            images,
            images.castTo(DataType.DOUBLE),
            images.castTo(DataType.INT32),
            images.dup('f'),
            wide(images),
            images.reshape(3, 12))) {
      assertCounts(new GivenSamples(IMAGE, 2).of(new MultiDataSet(form, LABELS), "set"));
    }
  }

  private static INDArray wide(INDArray images) {
    INDArray twice = Nd4j.concat(3, images, images.neg());
    return twice.get(
        NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.interval(0, 2));
  }

  private static void assertCounts(List<GivenSample> samples) {
    assertThat(samples).hasSize(3).allMatch(sample -> sample.defect().isEmpty());
    float next = 0;
    for (GivenSample sample : samples) {
      ByteBuffer values = ByteBuffer.wrap(sample.image().bytes()).order(ByteOrder.LITTLE_ENDIAN);
      assertThat(values.remaining()).isEqualTo(48);
      while (values.hasRemaining()) {
        assertThat(values.getFloat()).isEqualTo(next++);
      }
    }
    assertThat(samples).extracting(sample -> sample.image().label()).containsExactly(1, 0, 1);
    assertThat(samples.get(2).image().name()).isEqualTo("set, example 2");
  }
}
