// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.settings;

import static org.bcgd.spark.settings.hocon.ValueType.choice;
import static org.bcgd.spark.settings.hocon.ValueType.listOf;
import static org.bcgd.spark.settings.hocon.ValueType.text;
import static org.bcgd.spark.settings.hocon.ValueType.wholeNumber;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bcgd.parameters.LayerSelection;
import org.bcgd.parameters.WeightPrecision;
import org.bcgd.parameters.WeightPrecision.Granularity;
import org.bcgd.quantization.BinaryQuantizer;
import org.bcgd.quantization.TernaryQuantizer;
import org.bcgd.quantization.ThresholdTernaryQuantizer;
import org.bcgd.quantization.UniformQuantizer;
import org.bcgd.quantization.WeightQuantizer;
import org.bcgd.spark.settings.hocon.Section;
import org.bcgd.spark.settings.hocon.ValueType;

/**
 * Section {@code weights}: their projection and the layers it reaches.
 *
 * @param bits 1..8, or 32 for float weights
 * @param ternary the projection at 2 bits
 * @param iterations the most alternations of a projection by Lloyd's rule
 * @param scalePer how far one scale reaches
 * @param layers whose weights are quantized
 */
public record WeightSettings(
    int bits, TernaryRule ternary, int iterations, Granularity scalePer, LayerSelection layers) {

  private static final ValueType<LayerSelection> LAYERS =
      ValueType.<LayerSelection>named(
              new TreeMap<>(
                  Map.of(
                      "all", new LayerSelection.All(),
                      "all-but-first-and-last", new LayerSelection.AllButFirstAndLast())))
          .or(
              listOf(text("stage?_*/W"))
                  .as(LayerSelection.Matching::new, LayerSelection.Matching::patterns),
              LayerSelection.Matching.class);

  static WeightSettings read(Section weights) {
    return new WeightSettings(
        weights.value("bits", Bits.type(1), 1),
        weights.value("ternary", choice(TernaryRule.class), TernaryRule.THRESHOLD),
        weights.value("iterations", wholeNumber(1, 1000, 5), UniformQuantizer.DEFAULT_ITERATIONS),
        weights.value("scale-per", choice(Granularity.class), Granularity.LAYER),
        weights.value("layers", LAYERS, new LayerSelection.All()));
  }

  /** The same as the model speaks of it. */
  public WeightPrecision precision() {
    return isFloat()
        ? WeightPrecision.floatingPoint()
        : new WeightPrecision(Optional.of(quantizer()), scalePer, layers);
  }

  /** Whether no weight is quantized. */
  public boolean isFloat() {
    return bits == Bits.FLOAT;
  }

  private WeightQuantizer quantizer() {
    return switch (bits) {
      case 1 -> new BinaryQuantizer();
      case 2 ->
          switch (ternary) {
            case THRESHOLD -> new ThresholdTernaryQuantizer();
            case EXACT -> new TernaryQuantizer();
            case LLOYD -> new UniformQuantizer(2, iterations);
          };
      default -> new UniformQuantizer(bits, iterations);
    };
  }
}
