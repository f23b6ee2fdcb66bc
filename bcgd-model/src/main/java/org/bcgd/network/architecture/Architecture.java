// SPDX-License-Identifier: Apache-2.0
package org.bcgd.network.architecture;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.bcgd.data.ImageShape;
import org.bcgd.failure.SettingsException;
import org.bcgd.network.NetworkDefinition;
import org.deeplearning4j.exception.DL4JException;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;

/** The networks that are shipped, by the names that settings use. */
public enum Architecture {
  LENET5("lenet5", LeNet5::graph),
  VGG11("vgg11", Vgg11::graph),
  RESNET20("resnet20", new CifarResNet(3)::graph),
  RESNET32("resnet32", new CifarResNet(5)::graph),
  RESNET44("resnet44", new CifarResNet(7)::graph),
  RESNET56("resnet56", new CifarResNet(9)::graph),
  RESNET18("resnet18", new ImageNetResNet(List.of(2, 2, 2, 2))::graph),
  RESNET34("resnet34", new ImageNetResNet(List.of(3, 4, 6, 3))::graph);

  private interface Plan {
    ComputationGraphConfiguration graph(ConvolutionBlocks net, int classes);
  }

  private final String id;
  private final Plan plan;

  Architecture(String id, Plan plan) {
    this.id = id;
    this.plan = plan;
  }

  /** The name that settings use. */
  public String id() {
    return id;
  }

  /**
   * The architecture of that name.
   *
   * @throws SettingsException if there is none
   */
  public static Architecture named(String id) {
    return Arrays.stream(values())
        .filter(architecture -> architecture.id.equals(id))
        .findFirst()
        .orElseThrow(() -> new SettingsException(unknown(id)));
  }

  private static String unknown(String id) {
    String known = Arrays.stream(values()).map(Architecture::id).collect(Collectors.joining(", "));
    return "no architecture is named \"" + id + "\"; choose one of " + known;
  }

  /**
   * The network for images of that shape and that many classes.
   *
   * @throws SettingsException if the images are too small for it
   */
  public NetworkDefinition define(ImageShape image, int classes, NetworkActivation activation) {
    try {
      ComputationGraphConfiguration graph =
          plan.graph(new ConvolutionBlocks(image, activation), classes);
      return NetworkDefinition.of(id, graph, image, classes);
    } catch (DL4JException | IllegalStateException e) {
      throw new SettingsException(
          "architecture " + id + " does not fit images of " + image + ": " + e.getMessage(), e);
    }
  }
}
