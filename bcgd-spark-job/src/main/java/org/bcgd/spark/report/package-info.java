// SPDX-License-Identifier: Apache-2.0
/**
 * What a run tells: the live line for people ({@link org.bcgd.spark.report.Progress}), one JSON
 * object a line for programs ({@link org.bcgd.spark.report.RunLog}), the result ({@link
 * org.bcgd.spark.report.Result}) and tables ({@link org.bcgd.spark.report.Table}).
 *
 * <p>All figures are measured elsewhere and come here as records; shares such as top-1 are 0..1 in
 * files and percent on the screen. Imports Jackson, picocli and progressbar; nothing of ours.
 */
package org.bcgd.spark.report;
