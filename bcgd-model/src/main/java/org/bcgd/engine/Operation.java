// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine;

/** A node of the graph, compiled for the images of one thread. */
interface Operation {

  void forward(Step step);

  void backward(Step step);
}
