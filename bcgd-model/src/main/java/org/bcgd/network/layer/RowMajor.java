// SPDX-License-Identifier: Apache-2.0
package org.bcgd.network.layer;

import java.lang.ref.Reference;
import java.nio.FloatBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.Shape;

/** Direct access to the float32 values of an array, last dimension fastest. */
public final class RowMajor {

  private RowMajor() {}

  /** {@code array} itself if its values lie row-major without gaps, else such a copy. */
  public static INDArray of(INDArray array) {
    boolean contiguous = array.ordering() == 'c' && Shape.hasDefaultStridesForShape(array);
    return contiguous ? array : array.dup('c');
  }

  /** The values of {@code array}, row-major. */
  public static float[] copy(INDArray array) {
    INDArray rows = of(array);
    float[] values = new float[Math.toIntExact(rows.length())];
    values(rows).get(values);
    Reference.reachabilityFence(rows);
    return values;
  }

  /**
   * A window on the values of {@code array}; what is put there is in the array. The window does not
   * keep the array's memory alive: whoever made the array for it holds it by {@link
   * Reference#reachabilityFence}.
   *
   * @throws IllegalArgumentException if the array is not float32
   */
  public static FloatBuffer values(INDArray array) {
    if (array.dataType() != DataType.FLOAT) {
      throw new IllegalArgumentException("an array of " + array.dataType() + "; expected FLOAT");
    }
    int offset = Math.toIntExact(array.offset());
    int length = Math.toIntExact(array.length());
    return array.data().asNioFloat().rewind().slice(offset, length);
  }
}
