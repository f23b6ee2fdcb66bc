// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.linear;

import java.util.Arrays;
import org.bcgd.engine.graph.Node;
import org.bcgd.engine.graph.Value;
import org.bcgd.engine.graph.Window;
import org.bcgd.engine.memory.Values;
import org.bcgd.engine.onednn.Arena;
import org.bcgd.engine.onednn.Tensor;
import org.bcgd.engine.onednn.primitive.Kernels;
import org.bcgd.engine.step.Step;
import org.bcgd.parameters.ParameterSlice;
import org.bcgd.quantization.QuantizedTensor;

/**
 * The weights of a convolution, shared by all threads. Quantized weights enter the convolution as
 * levels and codes as codes, so its sums are whole numbers; what they miss is the unit:
 *
 * <pre>
 *   x[k] = unit[k] · acc[k]      unit[k] = α of the input · δ[k]      (1 for what is not quantized)
 * </pre>
 *
 * <p>Where each output channel has a scale, ∂ℓ/∂x[k] is multiplied with share[k] = δ[k] / max δ
 * before it goes back through the levels, and what comes out is multiplied with max δ.
 */
public final class LinearLayer {

  private final Node.Convolution node;
  private final int inputs; // channels in memory
  private final int outputs; // channels in memory
  private final Kernels kernels;
  private final WeightGradients gradients;
  private final float[] unit; // [outputs]
  private final float[] share; // [outputs]
  private final float[] scales; // [channels], of the levels
  private final float[] row; // the weights of one channel
  private float resolution; // α of the input, 1 if it is no codes
  private float largest; // max δ

  public LinearLayer(Arena arena, Node.Convolution node) {
    this.node = node;
    Value input = node.input();
    this.inputs = Values.channels(input);
    this.outputs = Values.channels(node.output());
    Window.Pair kernel = node.window().kernel();
    this.kernels = new Kernels(arena, outputs, inputs, kernel.height(), kernel.width());
    this.gradients = new WeightGradients(outputs, inputs, kernel.height(), kernel.width());
    this.unit = new float[outputs];
    this.share = new float[outputs];
    this.scales = new float[node.output().shape().channels()];
    this.row = new float[input.shape().channels() * kernel.height() * kernel.width()];
  }

  public Kernels kernels() {
    return kernels;
  }

  /** What turns a sum into a value, [channels in memory]. */
  public float[] unit() {
    return unit;
  }

  /** What a gradient is multiplied with before it goes back, [channels in memory]. */
  public float[] share() {
    return share;
  }

  /** What the gradient that came back through the levels is multiplied with. */
  public double backFactor() {
    return largest;
  }

  /** Adds the memory in which the next thread leaves its part of ∂ℓ/∂w. */
  public void addGradient(Tensor gradient) {
    gradients.add(gradient);
  }

  /**
   * Describes what the next thread does to add up the parts, once all have theirs.
   *
   * @return memory that it needs meanwhile, to be placed
   */
  public Tensor shareGradient(Arena arena) {
    return gradients.share(arena);
  }

  /** Takes over the weights of a step. */
  public void load(Step step) {
    resolution =
        node.input().form() instanceof Value.Codes codes ? step.value(codes.resolution(), 0) : 1;
    loadScales(step);
    if (inputs != node.input().shape().channels() || outputs != scales.length) {
      kernels.plain().clear();
    }
    largest = 0;
    for (float scale : scales) {
      largest = Math.max(largest, scale);
    }
    largest = largest > 0 ? largest : 1;
    for (int k = 0; k < scales.length; k++) {
      fill(step, k, scales[k]);
      kernels.plain().store(row, k * memoryRowLength(), row.length);
      float scale = scales[k] == 0 ? largest : scales[k];
      unit[k] = resolution * scale;
      share[k] = scale / largest;
    }
    kernels.pack();
  }

  private void loadScales(Step step) {
    QuantizedTensor tensor = step.quantized(node.weights()).orElse(null);
    int group = tensor == null ? 1 : scales.length / tensor.scales().length;
    for (int k = 0; k < scales.length; k++) {
      scales[k] = tensor == null ? 1 : tensor.scales()[k / group];
    }
  }

  private void fill(Step step, int channel, float scale) {
    int first = channel * row.length;
    QuantizedTensor tensor = step.quantized(node.weights()).orElse(null);
    if (tensor == null) {
      System.arraycopy(step.weights().floats(node.weights()), first, row, 0, row.length);
    } else {
      tensor.levelsTo(row, first, row.length);
      if (scale == 0) {
        Arrays.fill(row, 0);
      }
    }
  }

  /** Adds up a thread's share of the parts of ∂ℓ/∂w = α · ∂ℓ/∂x ⋆ codes. */
  public void sumGradient(Step step, int thread) {
    gradients.forEach(
        thread,
        (channel, part, gradient) -> {
          if (channel < scales.length) {
            add(gradient, step, channel, part == 0);
          }
        });
  }

  private void add(float[] gradient, Step step, int channel, boolean isFirst) {
    float[] sums = step.sums();
    int offset = slice(step).offset() + channel * row.length;
    if (isFirst) {
      Arrays.fill(sums, offset, offset + row.length, 0);
    }
    float factor = resolution / share[channel];
    for (int i = 0; i < row.length; i++) {
      sums[offset + i] += factor * gradient[i];
    }
  }

  private ParameterSlice slice(Step step) {
    return step.slice(node.weights());
  }

  private int memoryRowLength() {
    return row.length / node.input().shape().channels() * inputs;
  }
}
