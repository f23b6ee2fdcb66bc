// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.report;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A part of a step or an epoch whose time is measured. */
public enum Phase {
  /** w = Q(w_f) on the driver. */
  @JsonProperty("project")
  PROJECT,
  /** Sending the weights to the executors. */
  @JsonProperty("broadcast")
  BROADCAST,
  /** The coarse gradient on the executors and its sum. */
  @JsonProperty("gradient")
  GRADIENT,
  /** The blended update on the driver. */
  @JsonProperty("update")
  UPDATE,
  /** The measurement on the images of evaluation. */
  @JsonProperty("evaluation")
  EVALUATION
}
