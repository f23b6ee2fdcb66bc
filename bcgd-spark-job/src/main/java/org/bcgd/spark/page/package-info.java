// SPDX-License-Identifier: Apache-2.0
/**
 * One self-contained HTML page on any run, or on several side by side: {@link
 * org.bcgd.spark.page.RunRecord} is what a run folder holds, {@link org.bcgd.spark.page.RunPage}
 * the page, {@link org.bcgd.spark.page.PageFiles} writes it with its pictures.
 *
 * <p>Imports {@code settings}, {@code storage}, {@code report}, {@code folder} and {@code plot},
 * and j2html.
 */
package org.bcgd.spark.page;
