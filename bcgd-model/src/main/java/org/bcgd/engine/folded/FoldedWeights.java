// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.folded;

import org.bcgd.quantization.QuantizedTensor;

/** The weights of a layer, [outputs, inputs, height, width] row-major. */
public sealed interface FoldedWeights {

  /** Number of weights. */
  int length();

  /** Bits of one weight. */
  int bits();

  /** Bytes that they take on the heap; of levels, as long as nobody asks for them unpacked. */
  long heapBytes();

  /**
   * Whole numbers; their scales δ are in the stage that follows, and kept here to tell the values.
   */
  record Levels(QuantizedTensor tensor) implements FoldedWeights {

    @Override
    public int length() {
      return tensor.length();
    }

    @Override
    public int bits() {
      return tensor.bits();
    }

    @Override
    public long heapBytes() {
      return QuantizedTensor.packedBytes(bits(), length());
    }
  }

  /** Real numbers in float32. */
  record Floats(float[] values) implements FoldedWeights {

    @Override
    public int length() {
      return values.length;
    }

    @Override
    public int bits() {
      return Float.SIZE;
    }

    @Override
    public long heapBytes() {
      return (long) Float.BYTES * length();
    }
  }
}
