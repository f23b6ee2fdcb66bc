// SPDX-License-Identifier: Apache-2.0
/**
 * Figures as plain text for a terminal: {@link org.bcgd.spark.cli.table.Table} lines up any cells,
 * {@link org.bcgd.spark.cli.table.BenchReport} is all that {@code bench} prints.
 *
 * <p>Imports {@code settings.hocon} for names, picocli, and of the model {@code benchmark}, {@code
 * engine.step} and {@code network}; no verb.
 */
package org.bcgd.spark.cli.table;
