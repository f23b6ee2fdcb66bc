// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.step;

import java.util.List;

/** A node of the graph, compiled for the images of one thread: what it does, in order. */
public interface Operation {

  List<Task> forward();

  List<Task> backward();

  /**
   * What is left to do with what all threads have done backwards: it runs after their next meeting,
   * and is done before the one after it.
   */
  default List<Task> together() {
    return List.of();
  }
}
