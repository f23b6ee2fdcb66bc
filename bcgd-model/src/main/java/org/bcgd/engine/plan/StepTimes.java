// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.plan;

/**
 * The order of a training step as whole numbers: images, nodes forwards, loss, nodes backwards.
 *
 * @param nodes of the graph
 */
record StepTimes(int nodes) {

  /** When images are loaded. */
  int images() {
    return 0;
  }

  int forward(int node) {
    return 1 + node;
  }

  int loss() {
    return 1 + nodes;
  }

  int backward(int node) {
    return 1 + 2 * nodes - node;
  }

  /** When the threads' gradients are added up. */
  int end() {
    return 2 + 2 * nodes;
  }
}
