// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.deployment;

/**
 * ONNX Runtime, which the job jar does not hold. Knows none of its types, so that it can be asked
 * for where it is missing.
 */
final class OnnxRuntime {

  /** What to add to the command line. */
  static final String PACKAGE = "--packages com.microsoft.onnxruntime:onnxruntime:1.17.3";

  private OnnxRuntime() {}

  /** Whether the class path holds it. */
  static boolean isPresent() {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    return loader.getResource("ai/onnxruntime/OrtEnvironment.class") != null;
  }
}
