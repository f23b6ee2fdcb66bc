// SPDX-License-Identifier: Apache-2.0
package org.bcgd.network;

import java.util.List;
import org.bcgd.data.ImageShape;
import org.bcgd.failure.SettingsException;
import org.bcgd.network.layer.QuantizedActivation;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/**
 * Brings a graph into the form in which it is trained, or says in one message why it cannot be.
 *
 * @param name of the network, for messages
 */
record GraphAdmission(String name, ImageShape image, int classes) {

  /** Changes {@code graph} and gives it back. */
  ComputationGraphConfiguration admit(ComputationGraphConfiguration graph) {
    refuseOtherThanClassifier(graph);
    graph.getVertices().forEach(this::admitVertex);
    graph.setDataType(DataType.FLOAT);
    graph.setIterationCount(0);
    graph.setEpochCount(0);
    graph.setDefaultConfiguration(new NeuralNetConfiguration.Builder().seed(0).build());
    GraphShapes.infer(name, graph, image);
    takeImages(graph);
    fixOrder(graph);
    return graph;
  }

  private void refuseOtherThanClassifier(ComputationGraphConfiguration graph) {
    require(
        graph.getNetworkInputs().size() == 1,
        "it has the inputs " + graph.getNetworkInputs() + "; expected one, the image");
    require(
        graph.getNetworkOutputs().size() == 1,
        "it has the outputs " + graph.getNetworkOutputs() + "; expected one, the classifier");
    require(
        graph.getBackpropType() == BackpropType.Standard,
        "its backpropType is " + graph.getBackpropType() + "; expected Standard");
    String output = graph.getNetworkOutputs().get(0);
    GraphVertex vertex = graph.getVertices().get(output);
    require(
        vertex instanceof LayerVertex layer && isClassifier(layer.getLayerConf().getLayer()),
        "its output " + output + " is not an OutputLayer with softmax and MCXENT without weights");
    OutputLayer classifier = (OutputLayer) ((LayerVertex) vertex).getLayerConf().getLayer();
    require(
        classifier.getNOut() == classes,
        "its output "
            + output
            + " has "
            + classifier.getNOut()
            + " units, but the data has "
            + classes
            + " classes");
  }

  private static boolean isClassifier(Layer layer) {
    return layer instanceof OutputLayer output
        && output.getActivationFn() instanceof ActivationSoftmax
        && output.getLossFn() instanceof LossMCXENT loss
        && loss.getWeights() == null;
  }

  private void admitVertex(String vertexName, GraphVertex vertex) {
    if (vertex instanceof LayerVertex layerVertex) {
      NeuralNetConfiguration configuration = layerVertex.getLayerConf();
      configuration.setSeed(0);
      configuration.setMiniBatch(true);
      configuration.setIterationCount(0);
      configuration.setEpochCount(0);
      admitLayer(vertexName, configuration.getLayer());
      if (configuration.getLayer() instanceof BatchNormalization norm) {
        keepVariance(configuration, norm);
      }
    } else {
      require(
          vertex.numParams(true) == 0,
          "vertex " + vertexName + " has parameters of a kind that is not supported");
    }
  }

  /** Deeplearning4j reads from the list of variables, not from the flag, which of the two it is. */
  private static void keepVariance(NeuralNetConfiguration configuration, BatchNormalization norm) {
    norm.setUseLogStd(false);
    norm.setMinibatch(true);
    configuration.setVariables(norm.initializer().paramKeys(norm));
  }

  /** A graph for images that come as vectors folds them up first; here they come as images. */
  private static void takeImages(ComputationGraphConfiguration graph) {
    List<String> image = graph.getNetworkInputs();
    graph
        .getVertices()
        .forEach(
            (vertexName, vertex) -> {
              if (vertex instanceof LayerVertex layer
                  && layer.getPreProcessor() instanceof FeedForwardToCnnPreProcessor
                  && graph.getVertexInputs().get(vertexName).equals(image)) {
                layer.setPreProcessor(null);
              }
            });
  }

  private void admitLayer(String layerName, Layer layer) {
    require(
        layer.getIDropout() == null, "layer " + layerName + " has dropout, which is not supported");
    require(
        layer.getConstraints() == null || layer.getConstraints().isEmpty(),
        "layer " + layerName + " has constraints; the update rule here has none");
    if (layer instanceof BaseLayer base) {
      require(
          base.getWeightNoise() == null,
          "layer " + layerName + " has weight noise, which is not supported");
      base.setIUpdater(new NoOp());
      base.setBiasUpdater(null);
      base.setRegularization(List.of());
      base.setRegularizationBias(List.of());
    }
    if (layer instanceof QuantizedActivation activation) {
      admitStaircase(layerName, activation);
    }
  }

  private void admitStaircase(String layerName, QuantizedActivation activation) {
    require(
        activation.hasAllSettings(),
        "layer "
            + layerName
            + " lacks one of bits (1..8), rounding, derivative and resolutionDerivative");
  }

  private static void fixOrder(ComputationGraphConfiguration graph) {
    graph.setTopologicalOrder(null);
    graph.setTopologicalOrderStr(null);
    new ComputationGraph(graph).calculateIndices();
  }

  private void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new SettingsException("network " + name + " cannot be trained: " + otherwise);
    }
  }
}
