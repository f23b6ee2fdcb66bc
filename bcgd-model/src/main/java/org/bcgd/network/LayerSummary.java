// SPDX-License-Identifier: Apache-2.0
package org.bcgd.network;

import java.util.List;

/**
 * The figures of one vertex of a network, for one image.
 *
 * @param name of the vertex
 * @param type of the vertex, for example {@code ConvolutionLayer}
 * @param outputShape [C, H, W] or [units]
 * @param parameters trained by gradient: weights, biases, norm scales and shifts; not resolutions
 * @param weightBits bits of a weight, 32 for float32, 0 where there are no weights
 * @param inputBits bits of a value that enters, 32 unless it comes from a quantized activation
 * @param multiplyAdds multiplications with a weight
 * @param packedBytes of all it holds, resolution and running statistics included, with quantized
 *     weights packed
 */
public record LayerSummary(
    String name,
    String type,
    List<Integer> outputShape,
    long parameters,
    int weightBits,
    int inputBits,
    long multiplyAdds,
    long packedBytes) {

  public LayerSummary {
    outputShape = List.copyOf(outputShape);
  }

  /** Multiply-adds times the bits of both factors. */
  public long bitOperations() {
    return multiplyAdds * weightBits * inputBits;
  }
}
