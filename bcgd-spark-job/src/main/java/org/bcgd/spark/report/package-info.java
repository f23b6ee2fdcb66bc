// SPDX-License-Identifier: Apache-2.0
/**
 * What a run writes down: one JSON object a line ({@link org.bcgd.spark.report.RunLog}) and the
 * result ({@link org.bcgd.spark.report.Result}).
 *
 * <p>All figures are measured elsewhere and come here as records of {@code report.metrics}; shares
 * such as top-1 are 0..1 in files and percent on the screen. Imports Jackson and {@code metrics}.
 */
package org.bcgd.spark.report;
