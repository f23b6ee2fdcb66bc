// SPDX-License-Identifier: Apache-2.0
/**
 * Packed models for other programs: {@link org.bcgd.export.OnnxExport} writes ONNX, of standard
 * operators only. The schema of ONNX is the one that ND4J carries, {@code onnx.Onnx}, with a
 * protobuf of its own that clashes with no cluster's.
 *
 * <p>Imports {@code quantization}, {@code engine.graph}, {@code engine.folded} and {@code packed}.
 */
package org.bcgd.export;
