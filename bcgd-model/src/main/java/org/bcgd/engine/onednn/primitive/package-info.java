// SPDX-License-Identifier: Apache-2.0
/**
 * The operations of oneDNN that the engine takes: convolutions and poolings, with kernels in the
 * layouts that they ask for. They are compiled once and run without allocation. {@link
 * org.bcgd.engine.onednn.primitive.Convolution} and {@link
 * org.bcgd.engine.onednn.primitive.Pooling} are trained with, {@link
 * org.bcgd.engine.onednn.primitive.ForwardConvolution} and {@link
 * org.bcgd.engine.onednn.primitive.ForwardPooling} classify.
 *
 * <p>Imports {@code engine.onednn}, and shapes and windows of {@code engine.graph}.
 */
package org.bcgd.engine.onednn.primitive;
