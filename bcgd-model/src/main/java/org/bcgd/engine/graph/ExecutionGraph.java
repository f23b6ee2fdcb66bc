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

  /** The sums from which the logits come. */
  public Value output() {
    return nodes.get(nodes.size() - 1).output();
  }
}
