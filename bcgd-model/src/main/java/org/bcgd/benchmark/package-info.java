// SPDX-License-Identifier: Apache-2.0
/**
 * What a training step costs on this machine, and what bounds it from below. Door: {@link
 * org.bcgd.benchmark.StepBenchmark}.
 *
 * <p>Imports all rooms that a step goes through: {@code descent}, {@code engine}, {@code network},
 * {@code parameters}, {@code data} and {@code randomness}.
 */
package org.bcgd.benchmark;
