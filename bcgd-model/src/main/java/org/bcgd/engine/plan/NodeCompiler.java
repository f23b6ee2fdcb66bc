// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.bcgd.engine.crew.Crew;
import org.bcgd.engine.crew.Images;
import org.bcgd.engine.graph.ExecutionGraph;
import org.bcgd.engine.graph.Node;
import org.bcgd.engine.graph.Value;
import org.bcgd.engine.graph.Window;
import org.bcgd.engine.linear.ConvolutionOperation;
import org.bcgd.engine.linear.CrossEntropy;
import org.bcgd.engine.linear.LinearLayer;
import org.bcgd.engine.memory.Gradient;
import org.bcgd.engine.memory.GradientGather;
import org.bcgd.engine.memory.Strips;
import org.bcgd.engine.memory.Values;
import org.bcgd.engine.onednn.Arena;
import org.bcgd.engine.onednn.Convolution;
import org.bcgd.engine.onednn.ConvolutionShape;
import org.bcgd.engine.onednn.ElementType;
import org.bcgd.engine.onednn.Pooling;
import org.bcgd.engine.onednn.Primitive;
import org.bcgd.engine.onednn.Tensor;
import org.bcgd.engine.pooling.PoolingOperation;
import org.bcgd.engine.pooling.ShortcutOperation;
import org.bcgd.engine.stage.LinearTerm;
import org.bcgd.engine.stage.NormTerm;
import org.bcgd.engine.stage.PlainTerm;
import org.bcgd.engine.stage.StageActivation;
import org.bcgd.engine.stage.StageOperation;
import org.bcgd.engine.stage.StageTerm;
import org.bcgd.engine.step.Operation;

/** Turns the nodes of a graph into operations on the images of one thread. */
final class NodeCompiler {

  private final Arena arena;
  private final ExecutionGraph graph;
  private final SharedState shared;
  private final Crew crew;
  private final Images images;
  private final ElementType codes;
  private final List<Operation> operations = new ArrayList<>();
  private final Map<Value, Tensor> tensors = new HashMap<>();
  private final Map<Value, Tensor> sumGradients = new HashMap<>(); // of convolutions
  private final Map<Value, List<Gradient>> gradients = new HashMap<>(); // by consumers

  NodeCompiler(
      Arena arena,
      ExecutionGraph graph,
      SharedState shared,
      Crew crew,
      Images images,
      ElementType codes) {
    this.arena = arena;
    this.graph = graph;
    this.shared = shared;
    this.crew = crew;
    this.images = images;
    this.codes = codes;
    allocate(graph.image());
  }

  List<Operation> operations() {
    return operations;
  }

  /** Where each value goes. */
  Map<Value, Tensor> values() {
    return tensors;
  }

  CrossEntropy loss() {
    Value output = graph.output();
    OptionalInt bias = graph.classifier().bias();
    return new CrossEntropy(
        shared.layer(graph.classifier().weights()),
        bias,
        new CrossEntropy.Memory(tensors.get(output), sumGradients.get(output)),
        biasGradient(bias, Values.channels(output)),
        shared.outcome(images.thread()),
        images,
        output.shape().channels());
  }

  private Tensor allocate(Value value) {
    Tensor tensor = Values.tensor(arena, Values.type(value, codes), images.count(), value);
    tensors.put(value, tensor);
    gradients.put(value, new ArrayList<>());
    return tensor;
  }

  void compile(Node node) {
    if (node instanceof Node.Convolution convolution) {
      compile(convolution);
    } else if (node instanceof Node.Stage stage) {
      compile(stage);
    } else if (node instanceof Node.Pooling pooling) {
      compile(pooling);
    } else if (node instanceof Node.Shortcut shortcut) {
      compile(shortcut);
    }
  }

  private void compile(Node.Convolution node) {
    Tensor x = tensors.get(node.input());
    Tensor y = allocate(node.output());
    Tensor dy = Values.tensor(arena, x.type(), images.count(), node.output());
    sumGradients.put(node.output(), dy);
    LinearLayer layer = shared.layer(node.weights());
    Convolution convolution =
        new Convolution(arena, extents(node.input(), node.window(), node.output()), x.type());
    Tensor dw = convolution.weightGradient();
    layer.addGradient(arena, dw);
    operations.add(
        new ConvolutionOperation(
            convolution.forward(x, layer.kernels(), y),
            convolution.backwardWeights(x, dy, dw),
            backwardData(node, convolution, dy)));
  }

  /** Nothing asks for the gradient of the image. */
  private Optional<Primitive> backwardData(
      Node.Convolution node, Convolution convolution, Tensor dy) {
    if (node.input() == graph.image()) {
      return Optional.empty();
    }
    LinearLayer layer = shared.layer(node.weights());
    Tensor dx = Values.tensor(arena, dy.type(), images.count(), node.input());
    gradients.get(node.input()).add(new Gradient(dx, layer::backFactor));
    return Optional.of(convolution.backwardData(dy, layer.kernels(), dx));
  }

  private void compile(Node.Stage node) {
    Strips strips = Strips.of(node.output(), images.count());
    Tensor value = allocate(node.output());
    Tensor sumGradient = Values.tensor(arena, value.type(), images.count(), node.output());
    List<StageTerm> terms = new ArrayList<>();
    for (Node.Term term : node.terms()) {
      terms.add(term(term, strips, sumGradient));
    }
    operations.add(
        new StageOperation(
            terms,
            activation(node.activation(), strips),
            new StageOperation.Destination(value, gradients.get(node.output()), sumGradient),
            strips,
            crew));
  }

  private StageTerm term(Node.Term term, Strips strips, Tensor sumGradient) {
    Tensor input = tensors.get(term.input());
    Optional<LinearLayer> layer = term.producer().map(linear -> shared.layer(linear.weights()));
    OptionalInt bias = term.producer().map(Node.Linear::bias).orElse(OptionalInt.empty());
    if (term.norm().isPresent()) {
      Tensor back = layer.isPresent() ? sumGradients.get(term.input()) : gradient(term.input());
      return new NormTerm(
          term.norm().get(),
          new NormTerm.Source(layer, bias, input, back),
          shared.norm(term.norm().get()),
          images.thread(),
          strips);
    }
    if (layer.isPresent()) {
      return new LinearTerm(
          layer.get(),
          bias,
          biasGradient(bias, strips.channels()),
          input,
          sumGradients.get(term.input()),
          strips);
    }
    gradients.get(term.input()).add(Gradient.of(sumGradient));
    return new PlainTerm(term.input(), input, strips);
  }

  private double[] biasGradient(OptionalInt bias, int channels) {
    return bias.isPresent()
        ? shared.sums(bias.getAsInt()).part(images.thread())
        : new double[channels];
  }

  /** New memory for what a consumer says of a value's gradient. */
  private Tensor gradient(Value value) {
    Tensor tensor = Values.tensor(arena, Values.type(value, codes), images.count(), value);
    gradients.get(value).add(Gradient.of(tensor));
    return tensor;
  }

  private StageActivation activation(Node.Activation activation, Strips strips) {
    if (activation instanceof Node.Staircase staircase) {
      double[] sum = shared.sums(staircase.resolution()).part(images.thread());
      return new StageActivation.Staircase(staircase, sum, strips.length());
    }
    return activation instanceof Node.Rectifier
        ? new StageActivation.Rectifier()
        : new StageActivation.Identity();
  }

  private void compile(Node.Pooling node) {
    Tensor x = tensors.get(node.input());
    Tensor y = allocate(node.output());
    Tensor dy = Values.tensor(arena, x.type(), images.count(), node.output());
    Strips strips = Strips.of(node.output(), images.count());
    Pooling pooling =
        new Pooling(
            arena,
            extents(node.input(), node.window(), node.output()),
            x.type(),
            Pooling.Kind.valueOf(node.kind().name()));
    operations.add(
        new PoolingOperation(
            pooling.forward(x, y),
            pooling.backward(dy, gradient(node.input())),
            new GradientGather(gradients.get(node.output()), strips),
            dy,
            strips));
  }

  private void compile(Node.Shortcut node) {
    Tensor x = tensors.get(node.input());
    Tensor y = allocate(node.output());
    Tensor dy = Values.tensor(arena, x.type(), images.count(), node.output());
    Strips strips = Strips.of(node.output(), images.count());
    operations.add(
        new ShortcutOperation(
            node,
            new ShortcutOperation.Memory(x, y, dy, gradient(node.input())),
            new GradientGather(gradients.get(node.output()), strips),
            strips,
            images.count()));
  }

  private ConvolutionShape extents(Value input, Window window, Value output) {
    return ConvolutionShape.of(
        images.count(),
        input.shape(),
        Values.channels(input),
        window,
        output.shape(),
        Values.channels(output));
  }
}
