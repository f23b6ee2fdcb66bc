// SPDX-License-Identifier: Apache-2.0
package org.bcgd.network;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.bcgd.checksum.Sha256;
import org.bcgd.data.Batch;
import org.bcgd.data.ImageShape;
import org.bcgd.data.SoftTargets;
import org.bcgd.failure.SettingsException;
import org.bcgd.parameters.ParameterLayout;
import org.bcgd.parameters.WeightSnapshot;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;

/**
 * A network as a value: a Deeplearning4j graph in JSON, and the images it takes. Every execution of
 * the network is built from it. A final class of plain fields, because it crosses the Spark wire.
 *
 * <p>The graph is in the form in which it is trained: float32 throughout, the running variance of a
 * batch normalisation as it is and not as a logarithm, no penalty and no updater, since the update
 * is ours, and its topological order written down, since the flat parameter vector follows it.
 */
public final class NetworkDefinition implements Serializable {

  private static final long serialVersionUID = 1;

  private final String name;
  private final String json;
  private final ImageShape image;
  private final int classes;
  private transient volatile ParameterLayout layout; // once it was asked for

  private NetworkDefinition(String name, String json, ImageShape image, int classes) {
    this.name = name;
    this.json = json;
    this.image = image;
    this.classes = classes;
  }

  /**
   * The network of a graph, which is brought into the form in which it is trained.
   *
   * @param name what messages and reports call it
   * @throws SettingsException if the graph has something that cannot be trained here
   */
  public static NetworkDefinition of(
      String name, ComputationGraphConfiguration graph, ImageShape image, int classes) {
    ComputationGraphConfiguration admitted =
        new GraphAdmission(name, image, classes).admit(graph.clone());
    GraphLayout.of(name, admitted);
    return new NetworkDefinition(name, admitted.toJson(), image, classes);
  }

  /**
   * The network of a graph that a user brings, as {@code ComputationGraphConfiguration.toJson()}
   * writes it.
   *
   * @throws SettingsException if the text is no such graph, or the graph has something that cannot
   *     be trained here
   */
  public static NetworkDefinition fromJson(
      String name, String json, ImageShape image, int classes) {
    return of(name, GraphJson.read(name, json), image, classes);
  }

  /** What messages and reports call the network. */
  public String name() {
    return name;
  }

  /** The graph in Deeplearning4j's JSON. */
  public String json() {
    return json;
  }

  /** The shape of the images that enter. */
  public ImageShape image() {
    return image;
  }

  /** Number of classes, the length of the output. */
  public int classes() {
    return classes;
  }

  /** The graph; a new object each time. */
  public ComputationGraphConfiguration graph() {
    return GraphJson.read(name, json);
  }

  /** The map of the flat parameter vector, in Deeplearning4j's order. */
  public ParameterLayout layout() {
    if (layout == null) {
      layout = GraphLayout.of(name, graph());
    }
    return layout;
  }

  /**
   * Requires that weights and images can enter an execution of this network.
   *
   * @throws IllegalArgumentException if the weights have another layout, the images another shape,
   *     a label is no class, or there are soft targets of another number of classes
   */
  public void requireFit(WeightSnapshot weights, Batch batch) {
    if (!weights.layout().equals(layout())) {
      throw new IllegalArgumentException("the weights are not of the network " + this);
    }
    if (!batch.shape().equals(image)) {
      throw new IllegalArgumentException("images of " + batch.shape() + " for the network " + this);
    }
    for (int label : batch.labels()) {
      if (label < 0 || label >= classes) {
        throw new IllegalArgumentException("label " + label + " for the network " + this);
      }
    }
    batch.softTargets().ifPresent(targets -> requireFit(targets, batch.size()));
  }

  private void requireFit(SoftTargets targets, int images) {
    if (targets.probabilities().length != images * classes) {
      throw new IllegalArgumentException(
          targets.probabilities().length
              + " soft targets of "
              + images
              + " images for the network "
              + this);
    }
  }

  /** SHA-256 of the JSON, in hexadecimal digits: equal digests, equal graphs. */
  public String digest() {
    return Sha256.hex(json.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NetworkDefinition that
        && name.equals(that.name)
        && json.equals(that.json)
        && image.equals(that.image)
        && classes == that.classes;
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, json, image, classes);
  }

  @Override
  public String toString() {
    return name + " for images of " + image + " and " + classes + " classes";
  }
}
