// SPDX-License-Identifier: Apache-2.0
package org.bcgd.network.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class SubsampleAndPadTest {

  private static final LayerWorkspaceMgr WORKSPACES = LayerWorkspaceMgr.noWorkspaces();

  // one image of one channel and 3 x 4 pixels
  //   1  2  3  4
  //   5  6  7  8
  //   9 10 11 12
  private static final INDArray IMAGE =
      Nd4j.create(
          new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, new long[] {1, 1, 3, 4}, 'c');

  private static SubsampleAndPadVertex vertexWithImage() {
    SubsampleAndPadVertex vertex = new SubsampleAndPadVertex(null, "s", 0, 3, DataType.FLOAT);
    vertex.setInputs(new INDArray[] {IMAGE});
    return vertex;
  }

  @Test
  void keepsEverySecondPixelBetweenChannelsOfZeros() {
    INDArray y = vertexWithImage().doForward(true, WORKSPACES);
    assertThat(y.shape()).isEqualTo(new long[] {1, 3, 2, 2});
    assertThat(y.reshape(12).toFloatVector()).containsExactly(0, 0, 0, 0, 1, 3, 9, 11, 0, 0, 0, 0);
  }

  @Test
  void theGradientReturnsToThePixelsThatWereKept() {
    SubsampleAndPadVertex vertex = vertexWithImage();
    vertex.doForward(true, WORKSPACES);
    vertex.setEpsilon(
        Nd4j.create(
            new float[] {-1, -2, -3, -4, 10, 20, 30, 40, -5, -6, -7, -8},
            new long[] {1, 3, 2, 2},
            'c'));
    INDArray dx = vertex.doBackward(false, WORKSPACES).getSecond()[0];
    assertThat(dx.reshape(12).toFloatVector())
        .containsExactly(10, 0, 20, 0, 0, 0, 0, 0, 30, 0, 40, 0);
  }

  @Test
  void knowsItsOutputShape() {
    InputType output =
        new SubsampleAndPad(32).getOutputType(0, InputType.convolutional(33, 32, 16));
    assertThat(output).isEqualTo(InputType.convolutional(17, 16, 32));
  }

  @Test
  void refusesAnOddNumberOfNewChannels() {
    assertThatThrownBy(
            () -> new SubsampleAndPad(33).getOutputType(0, InputType.convolutional(32, 32, 16)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("33 channels");
  }
}
