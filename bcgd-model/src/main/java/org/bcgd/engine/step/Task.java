// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.step;

import java.util.function.Consumer;

/**
 * A piece of a step's work on the images of one thread.
 *
 * @param bytes of memory that it reads and writes; 0 where a convolution or nothing does
 */
public record Task(Phase phase, long bytes, Consumer<Step> work) {

  public Task(Phase phase, Consumer<Step> work) {
    this(phase, 0, work);
  }
}
