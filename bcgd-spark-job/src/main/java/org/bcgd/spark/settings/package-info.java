// SPDX-License-Identifier: Apache-2.0
/**
 * The settings of a run as values: one record for each section of a {@code conf/*.conf} file, with
 * its keys, defaults and allowed ranges in its {@code read} method and nowhere else.
 *
 * <p>Doors: {@link org.bcgd.spark.settings.Settings} reads, renders and compares; {@link
 * org.bcgd.spark.settings.Difference} says what may change when a run is resumed. The room holds
 * more types than others because each section is one.
 *
 * <p>Imports {@code settings.hocon}, and the value types of {@code quantization}, {@code
 * parameters}, {@code data} and {@code descent}.
 */
package org.bcgd.spark.settings;
