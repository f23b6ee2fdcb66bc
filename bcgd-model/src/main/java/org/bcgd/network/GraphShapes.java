// SPDX-License-Identifier: Apache-2.0
package org.bcgd.network;

import java.util.Map;
import org.bcgd.data.ImageShape;
import org.bcgd.failure.SettingsException;
import org.deeplearning4j.exception.DL4JException;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeConvolutional;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;

/** The shapes inside a graph, which follow from that of the image. */
final class GraphShapes {

  private GraphShapes() {}

  /**
   * Fills in what each layer takes, from the image on.
   *
   * @throws SettingsException if the image does not fit
   */
  static void infer(String name, ComputationGraphConfiguration graph, ImageShape image) {
    InputType input =
        InputType.convolutional(image.height(), image.width(), image.channels(), CNN2DFormat.NCHW);
    try {
      requireWindowsFit(graph, graph.getLayerActivationTypes(true, true, input));
    } catch (DL4JException | IllegalStateException | IllegalArgumentException e) {
      throw new SettingsException(
          "network " + name + " does not fit images of " + image + ": " + e.getMessage(), e);
    }
  }

  /** Deeplearning4j itself lets a window without padding be larger than its image. */
  private static void requireWindowsFit(
      ComputationGraphConfiguration graph, Map<String, InputType> outputs) {
    graph
        .getVertices()
        .forEach(
            (vertexName, vertex) -> {
              int window = window(vertex);
              String input = graph.getVertexInputs().get(vertexName).get(0);
              if (outputs.get(input) instanceof InputTypeConvolutional images
                  && window > Math.min(images.getHeight(), images.getWidth())) {
                throw new IllegalStateException(
                    String.format(
                        "what enters layer %s has %d x %d pixels, its window %d x %d",
                        vertexName, images.getHeight(), images.getWidth(), window, window));
              }
            });
  }

  /** Pixels of the image that the first window of a layer must find: its size less the padding. */
  private static int window(GraphVertex vertex) {
    if (vertex instanceof LayerVertex layerVertex) {
      Layer layer = layerVertex.getLayerConf().getLayer();
      if (layer instanceof ConvolutionLayer convolution
          && convolution.getConvolutionMode() != ConvolutionMode.Same) {
        return pixels(convolution.getKernelSize(), convolution.getPadding());
      }
      if (layer instanceof SubsamplingLayer pooling
          && pooling.getConvolutionMode() != ConvolutionMode.Same) {
        return pixels(pooling.getKernelSize(), pooling.getPadding());
      }
    }
    return 0;
  }

  private static int pixels(int[] kernel, int[] padding) {
    return Math.max(kernel[0] - 2 * padding[0], kernel[1] - 2 * padding[1]);
  }
}
