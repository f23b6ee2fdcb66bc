// SPDX-License-Identifier: Apache-2.0
package org.bcgd.network.dl4j;

import java.util.function.Consumer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.graph.vertex.VertexIndices;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One training-mode pass through a graph in topological order, which stops before each vertex to
 * have its parameters set from what enters it.
 */
final class GraphWalk {

  private final ComputationGraph graph;
  private final LayerWorkspaceMgr workspaces = LayerWorkspaceMgr.noWorkspaces();

  GraphWalk(ComputationGraph graph) {
    this.graph = graph;
  }

  /** Takes images through the graph; {@code stop} sees each vertex with its inputs. */
  void through(INDArray pixels, Consumer<GraphVertex> stop) {
    graph.setInputs(pixels);
    GraphVertex[] vertices = graph.getVertices();
    INDArray[] outputs = new INDArray[vertices.length];
    for (int index : graph.topologicalSortOrder()) {
      GraphVertex vertex = vertices[index];
      outputs[index] = vertex.isInputVertex() ? pixels : pass(vertex, outputs, stop);
    }
    for (GraphVertex vertex : vertices) {
      vertex.clear();
    }
  }

  private INDArray pass(GraphVertex vertex, INDArray[] outputs, Consumer<GraphVertex> stop) {
    VertexIndices[] inputs = vertex.getInputVertices();
    for (int i = 0; i < inputs.length; i++) {
      vertex.setInput(i, outputs[inputs[i].getVertexIndex()], workspaces);
    }
    stop.accept(vertex);
    return vertex.doForward(true, workspaces);
  }
}
