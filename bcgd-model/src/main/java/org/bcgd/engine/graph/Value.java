// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.graph;

/**
 * What flows between nodes.
 *
 * @param name of the vertex that it comes from
 * @param shape of one image
 */
public record Value(String name, Shape shape, Form form) {

  /** How the numbers in memory stand for the values of the network. */
  public sealed interface Form {}

  /** The image that enters, as it is; its channels are not padded. */
  public record Image() implements Form {}

  /** The sums of a convolution, still without its scale and bias. */
  public record Accumulator() implements Form {}

  /**
   * Codes of a staircase: the value is the code times the resolution.
   *
   * @param resolution index of the parameter slice α
   */
  public record Codes(int resolution) implements Form {}

  /** The values themselves in float32. */
  public record Floats() implements Form {}
}
