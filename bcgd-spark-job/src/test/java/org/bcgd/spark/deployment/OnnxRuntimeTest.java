// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import org.junit.jupiter.api.Test;

class OnnxRuntimeTest {

  @Test
  void thePackageToAddIsTheOneThatIsTested() {
    assertThat(OnnxRuntime.PACKAGE).endsWith(":" + OrtEnvironment.getEnvironment().getVersion());
  }
}
