// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bcgd.data.ImageShape;
import org.bcgd.network.architecture.Architecture;
import org.bcgd.network.architecture.NetworkActivation;
import org.bcgd.quantization.ActivationQuantizer;
import org.bcgd.quantization.CoarseDerivative;
import org.bcgd.quantization.ResolutionDerivative;
import org.bcgd.quantization.Rounding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnGraphTest {

  @TempDir Path directory;

  @Test
  void aGraphInAFileTrainsLikeTheArchitectureItDescribes() throws IOException {
    NetworkActivation activation =
        new NetworkActivation.Quantized(
            new ActivationQuantizer(4, Rounding.UP),
            CoarseDerivative.CLIPPED_RELU,
            ResolutionDerivative.THREE_VALUED);
    Path graph =
        Files.writeString(
            directory.resolve("mine.json"),
            Architecture.LENET5.define(new ImageShape(1, 28, 28), 10, activation).json());
    TinyRun shipped = TinyRun.in(directory.resolve("shipped"), "training.epochs=1");
    TinyRun mine =
        TinyRun.in(
            directory.resolve("mine"),
            "training.epochs=1",
            "network.architecture=null",
            "network.graph=" + graph);

    assertThat(mine.on("local[2]").weightsDigest())
        .isEqualTo(shipped.on("local[2]").weightsDigest());
  }
}
