// SPDX-License-Identifier: Apache-2.0
/**
 * Reading of HOCON settings into values, with every problem of a file told at once.
 *
 * <p>A {@link org.bcgd.spark.settings.hocon.Section} reads each key by its {@link
 * org.bcgd.spark.settings.hocon.ValueType}. What it reads is at once the list of known keys and the
 * complete effective settings, so that key names, defaults and ranges are written once. {@link
 * org.bcgd.spark.settings.hocon.Hocon} parses the files.
 *
 * <p>Knows nothing of training. Imports {@code failure}, Typesafe Config and Commons Text.
 */
package org.bcgd.spark.settings.hocon;
