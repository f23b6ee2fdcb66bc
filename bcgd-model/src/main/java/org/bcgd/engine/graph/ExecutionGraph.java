// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.graph;

import java.util.List;

/**
 * A network as the engine executes it.
 *
 * @param nodes in the order of execution
 * @param classifier the linear layer whose sums are the last node's output: the logits
 */
public record ExecutionGraph(Value image, List<Node> nodes, Node.Linear classifier) {

  public ExecutionGraph {
    nodes = List.copyOf(nodes);
  }

  /** The largest code of a value. */
  public int largestCode(Value.Codes codes) {
    return nodes.stream()
        .filter(Node.Stage.class::isInstance)
        .map(node -> ((Node.Stage) node).activation())
        .filter(Node.Staircase.class::isInstance)
        .map(Node.Staircase.class::cast)
        .filter(staircase -> staircase.resolution() == codes.resolution())
        .mapToInt(staircase -> staircase.quantizer().levels())
        .findFirst()
        .orElseThrow();
  }

  /** The sums from which the logits come. */
  public Value output() {
    return nodes.get(nodes.size() - 1).output();
  }
}
