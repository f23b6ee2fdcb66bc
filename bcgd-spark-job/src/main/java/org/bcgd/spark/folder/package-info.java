// SPDX-License-Identifier: Apache-2.0
/**
 * The folder of a run: what a run leaves there, which of its checkpoints stay, and from which one
 * it goes on. {@link org.bcgd.spark.folder.RunFolder} names the files.
 *
 * <p>Imports {@code settings}, {@code storage} and {@code report}.
 */
package org.bcgd.spark.folder;
