// SPDX-License-Identifier: Apache-2.0
/**
 * The settings of a run as values: one record for each section of a {@code conf/*.conf} file, with
 * its keys, defaults and allowed ranges in its {@code read} method and nowhere else.
 *
 * <p>Doors: {@link org.bcgd.spark.settings.Settings} reads, renders and compares; {@link
 * org.bcgd.spark.settings.Difference} says what may change when a run is resumed. The room holds
 * more types than others because each section is one.
 *
 * <p>Imports {@code settings.hocon}, and the types of the model that settings stand for: of {@code
 * quantization}, {@code parameters}, {@code data}, {@code descent}, {@code network} and {@code
 * engine}.
 */
package org.bcgd.spark.settings;
