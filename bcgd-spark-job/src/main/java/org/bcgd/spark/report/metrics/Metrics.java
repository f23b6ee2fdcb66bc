// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.report.metrics;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** One line of {@code metrics.jsonl}; its field {@code kind} says which. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = StepMetrics.class, name = "step"),
  @JsonSubTypes.Type(value = EpochMetrics.class, name = "epoch"),
  @JsonSubTypes.Type(value = EvaluationMetrics.class, name = "evaluation")
})
public sealed interface Metrics permits StepMetrics, EpochMetrics, EvaluationMetrics {

  /** Steps done since the start of the training. */
  long step();

  /** The epoch, counted from 0. */
  int epoch();
}
