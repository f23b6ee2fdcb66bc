// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.deployment;

import java.util.ArrayList;
import java.util.List;
import org.bcgd.engine.folded.FoldedLayer;
import org.bcgd.engine.folded.FoldedNetwork;
import org.bcgd.engine.folded.FoldedNetwork.Form;
import org.bcgd.quantization.QuantizedTensor;

/**
 * What a layer with weights costs, for one image.
 *
 * @param weightBits of a weight, 32 for float32
 * @param inputBits of a value that enters, 32 unless it is a code
 * @param bytes of the weights in the packed model, scales left out
 * @param floatBytes of the weights in float32
 * @param multiplyAdds multiplications with a weight
 * @param bitOperations multiply-adds times the bits of both factors
 */
public record LayerCost(
    String name,
    int weightBits,
    int inputBits,
    long bytes,
    long floatBytes,
    long multiplyAdds,
    long bitOperations) {

  /** The layers with weights, in the order of execution. */
  public static List<LayerCost> of(FoldedNetwork network) {
    List<LayerCost> costs = new ArrayList<>();
    for (FoldedLayer layer : network.layers()) {
      if (layer instanceof FoldedLayer.Linear linear) {
        costs.add(of(network, linear));
      }
    }
    return costs;
  }

  private static LayerCost of(FoldedNetwork network, FoldedLayer.Linear layer) {
    int weights = layer.weights().length();
    int bits = layer.weights().bits();
    boolean codes = network.form(layer.input()) == Form.CODES;
    int inputBits =
        codes
            ? Integer.SIZE - Integer.numberOfLeadingZeros(network.largestCode(layer.input()))
            : Float.SIZE;
    long multiplyAdds = (long) weights * layer.output().pixels();
    long bytes =
        bits == Float.SIZE
            ? (long) weights * Float.BYTES
            : QuantizedTensor.packedBytes(bits, weights);
    return new LayerCost(
        layer.name(),
        bits,
        inputBits,
        bytes,
        (long) weights * Float.BYTES,
        multiplyAdds,
        multiplyAdds * bits * inputBits);
  }
}
