// SPDX-License-Identifier: Apache-2.0
/**
 * oneDNN, loaded once, and native memory that both it and Java's loops see. Doors: {@link
 * org.bcgd.engine.onednn.OneDnn} and {@link org.bcgd.engine.onednn.Tensor}. Only this room and its
 * operations ({@code engine.onednn.primitive}) import the native library.
 *
 * <p>Imports {@code vector} and {@code failure}.
 */
package org.bcgd.engine.onednn;
