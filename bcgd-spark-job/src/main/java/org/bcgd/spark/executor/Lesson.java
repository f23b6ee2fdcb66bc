// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.executor;

import java.io.Serializable;
import org.bcgd.data.Batch;

/** What the network shall learn of the images of a minibatch. */
public sealed interface Lesson extends Serializable permits Labels, Teacher {

  /** The minibatch with all that is to be learnt of it. */
  Batch of(Batch images);
}
