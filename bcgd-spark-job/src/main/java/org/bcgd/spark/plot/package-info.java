// SPDX-License-Identifier: Apache-2.0
/**
 * Pictures of numbers: a {@link org.bcgd.spark.plot.LineChart} says what is shown, a {@link
 * org.bcgd.spark.plot.Picture} is it as PNG and SVG. The only room that knows XChart.
 */
package org.bcgd.spark.plot;
