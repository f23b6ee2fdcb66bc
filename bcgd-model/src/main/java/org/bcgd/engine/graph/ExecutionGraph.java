// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.graph;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

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

  /** Convolutions that a gradient passes from the logits to the image, at most. */
  public int depth() {
    Map<Value, Integer> depths = new HashMap<>();
    for (Node node : nodes) {
      int before =
          node.inputs().stream().mapToInt(in -> depths.getOrDefault(in, 0)).max().orElseThrow();
      depths.put(node.output(), before + (node instanceof Node.Convolution ? 1 : 0));
    }
    return depths.get(output());
  }

  /** The sums from which the logits come. */
  public Value output() {
    return nodes.get(nodes.size() - 1).output();
  }
}
