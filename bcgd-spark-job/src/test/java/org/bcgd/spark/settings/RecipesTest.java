// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bcgd.network.NetworkDefinition;
import org.bcgd.network.NetworkSummary;
import org.bcgd.parameters.ParameterSlice;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every variant that the heads of the recipes name is valid and quantizes what it says. */
class RecipesTest {

  private static final String FIRST_AND_LAST_FLOAT = "weights.layers=all-but-first-and-last";
  private static final String CONVOLUTIONS = "weights.layers=[\"**conv*/W\"]";

  /**
   * A variant of a recipe.
   *
   * @param conf its file
   * @param bits of a weight
   * @param method override of the method, if any
   * @param layers override of the quantized layers, if any
   */
  private record Variant(String conf, int bits, Optional<String> method, Optional<String> layers) {

    Settings settings() {
      List<String> overrides = new ArrayList<>(List.of("weights.bits=" + bits));
      method.ifPresent(overrides::add);
      layers.ifPresent(overrides::add);
      return Settings.read(Path.of("..", "conf", conf), overrides);
    }
  }

  static Stream<Variant> variants() {
    return Stream.of(
            "cifar10-resnet20-1w4a.conf",
            "cifar10-resnet20-1w4a-best.conf",
            "cifar10-vgg11-1w4a.conf",
            "cifar10-vgg11-1w4a-best.conf",
            "photographs-resnet18-1w4a.conf")
        .flatMap(
            conf ->
                Stream.of(1, 2, 4, 32)
                    .flatMap(
                        bits ->
                            Stream.of(
                                new Variant(conf, bits, Optional.empty(), Optional.empty()),
                                new Variant(
                                    conf,
                                    bits,
                                    Optional.of("blending=binary-connect"),
                                    Optional.of(FIRST_AND_LAST_FLOAT)),
                                new Variant(
                                    conf, bits, Optional.empty(), Optional.of(CONVOLUTIONS)))));
  }

  @ParameterizedTest
  @MethodSource("variants")
  void everyVariantQuantizesTheLayersItNames(Variant variant) {
    Settings settings = variant.settings();
    NetworkDefinition network = settings.network(file -> "");
    List<String> weights =
        NetworkSummary.of(network, settings.weights().precision()).layers().stream()
            .filter(layer -> layer.multiplyAdds() > 0 && layer.weightBits() == variant.bits)
            .map(layer -> layer.name() + "/W")
            .toList();
    List<String> all =
        network.layout().slices().stream()
            .map(ParameterSlice::name)
            .filter(name -> name.endsWith("/W"))
            .toList();

    assertThat(settings.descent().blending().rho() == 0).isEqualTo(variant.method.isPresent());
    if (variant.bits == 32 || variant.layers.isEmpty()) {
      assertThat(weights).containsExactlyElementsOf(all);
    } else if (variant.layers.get().equals(CONVOLUTIONS)) {
      assertThat(weights).containsExactlyElementsOf(all.subList(0, all.size() - 1));
    } else {
      assertThat(weights).containsExactlyElementsOf(all.subList(1, all.size() - 1));
    }
  }
}
