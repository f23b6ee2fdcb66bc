// SPDX-License-Identifier: Apache-2.0
package org.bcgd.theory.sampling;

import java.io.Serializable;

/** Random quantities whose expectation is wanted; a pure function of the number of the sample. */
public interface SampleFunction extends Serializable {

  /** How many quantities there are. */
  int size();

  /** Writes the quantities of a sample to {@code values}, [size()]. */
  void at(long sample, double[] values);
}
