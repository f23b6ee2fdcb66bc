// SPDX-License-Identifier: Apache-2.0
/**
 * What the engine takes of oneDNN: memory that Java's loops see too ({@link
 * org.bcgd.engine.onednn.Tensor}), convolutions and poolings, compiled once and run without
 * allocation. Nothing else imports the native library.
 *
 * <p>Imports {@code vector}, {@code failure}, and shapes and windows of {@code engine.graph}.
 */
package org.bcgd.engine.onednn;
