// SPDX-License-Identifier: Apache-2.0
/**
 * How a training goes, for a person who watches: {@link org.bcgd.spark.progress.Progress}.
 *
 * <p>Imports {@code report}, whose figures it shows, and progressbar.
 */
package org.bcgd.spark.progress;
