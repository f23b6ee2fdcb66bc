// SPDX-License-Identifier: Apache-2.0
/**
 * The command line: {@link org.bcgd.spark.cli.BcgdMain} chooses the verb and tells failures by exit
 * codes, one class a verb builds the objects and calls one method.
 */
package org.bcgd.spark.cli;
