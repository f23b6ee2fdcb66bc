// SPDX-License-Identifier: Apache-2.0
/**
 * The command line: {@link org.bcgd.spark.cli.BcgdMain} chooses the verb and tells failures by exit
 * codes, one class a verb builds the objects and calls one method. What verbs are given and how
 * they print has rooms of its own, {@code arguments} and {@code table}.
 *
 * <p>Imports any room; none imports it.
 */
package org.bcgd.spark.cli;
