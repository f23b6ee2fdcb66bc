// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.settings;

import static org.bcgd.spark.settings.hocon.ValueType.choice;
import static org.bcgd.spark.settings.hocon.ValueType.number;
import static org.bcgd.spark.settings.hocon.ValueType.wholeNumber;

import java.time.Duration;
import java.util.Optional;
import org.bcgd.parameters.uplink.UplinkPrecision;
import org.bcgd.spark.settings.hocon.Section;

/**
 * Section {@code aggregation}: what the shards compute by themselves, and how it reaches the
 * driver.
 *
 * @param precision in which gradients travel; part of the result
 * @param reduction the way they take; no part of the result
 * @param minibatches that a shard takes one after the other and adds up in a step, so that a batch
 *     may be larger than memory holds
 * @param averagingFrequency local steps of a shard between two averages of the weights; 1 sends
 *     gradients instead
 * @param localMomentum of local steps
 * @param quorum shards that a step waits for, if not for all: a run is then not reproducible
 * @param graceSeconds that the other shards have once the quorum has answered
 */
public record AggregationSettings(
    UplinkPrecision precision,
    Reduction reduction,
    int minibatches,
    int averagingFrequency,
    LocalMomentum localMomentum,
    Optional<Integer> quorum,
    double graceSeconds) {

  /** Which way gradients take. */
  public enum Reduction {
    /** The cheaper one for this many bytes and shards. */
    AUTO,
    /** Each shard's whole gradient goes to the driver. */
    FLAT,
    /** Slices are added up on executors; the driver gets the sum only. */
    SLICED
  }

  /** What momentum local steps have. */
  public enum LocalMomentum {
    /** Shards go on from the common momentum, and momenta are averaged as weights are. */
    AVERAGED,
    /** None: μ = 0. */
    NONE
  }

  static AggregationSettings read(Section aggregation) {
    AggregationSettings settings =
        new AggregationSettings(
            aggregation.value("precision", choice(UplinkPrecision.class), UplinkPrecision.FLOAT32),
            aggregation.value("reduction", choice(Reduction.class), Reduction.AUTO),
            aggregation.value("minibatches", wholeNumber(1, 65536, 1), 1),
            aggregation.value("averaging-frequency", wholeNumber(1, 1_000_000, 1), 1),
            aggregation.value(
                "local-momentum", choice(LocalMomentum.class), LocalMomentum.AVERAGED),
            aggregation.optional("quorum", wholeNumber(1, 65536, 30)),
            aggregation.value("grace-seconds", number(0, 86400, 1), 1.0));
    aggregation.check(
        settings.quorum.isEmpty() || settings.reduction != Reduction.SLICED,
        "a quorum is gathered flat",
        "quorum",
        "reduction");
    aggregation.check(
        !settings.stepsLocally() || settings.precision == UplinkPrecision.FLOAT32,
        "local steps send weights, which travel in float32 only",
        "averaging-frequency",
        "precision");
    return settings;
  }

  /** What the other shards have once the quorum has answered. */
  public Duration grace() {
    return Duration.ofNanos(Math.round(1e9 * graceSeconds));
  }

  /** Values that a shard of so many parameters sends up at a time. */
  public int valuesUp(int parameters) {
    boolean momentum = stepsLocally() && localMomentum == LocalMomentum.AVERAGED;
    return momentum ? Math.multiplyExact(2, parameters) : parameters;
  }

  /** Whether shards take steps of their own between two averages. */
  public boolean stepsLocally() {
    return averagingFrequency > 1;
  }
}
