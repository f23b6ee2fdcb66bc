// SPDX-License-Identifier: Apache-2.0
package org.bcgd.data.source;

/** The part of a dataset. */
public enum Split {
  /** What the network learns from. */
  TRAINING,
  /** What it is judged by. */
  EVALUATION
}
