// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.step;

import java.util.List;

/** A node of the graph, compiled for the images of one thread: what it does, in order. */
public interface Operation {

  List<Task> forward();

  List<Task> backward();
}
