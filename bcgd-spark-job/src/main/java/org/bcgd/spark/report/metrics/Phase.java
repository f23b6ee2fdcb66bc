// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.report.metrics;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A part of a step or an epoch whose time is measured. */
public enum Phase {
  /** w = Q(w_f) on the driver. */
  @JsonProperty("project")
  PROJECT,
  /** Sending the weights to the executors. */
  @JsonProperty("broadcast")
  BROADCAST,
  /** The coarse gradient on the executors: the slowest shard's time in its task. */
  @JsonProperty("compute")
  COMPUTE,
  /** Fetching and adding up slices on the executors: the slowest reducer's time in its task. */
  @JsonProperty("shuffle")
  SHUFFLE,
  /** The rest of the job: tasks are launched, results come to the driver and are added up. */
  @JsonProperty("gather")
  GATHER,
  /** The blended update on the driver. */
  @JsonProperty("update")
  UPDATE,
  /** The measurement on the images of evaluation. */
  @JsonProperty("evaluation")
  EVALUATION
}
