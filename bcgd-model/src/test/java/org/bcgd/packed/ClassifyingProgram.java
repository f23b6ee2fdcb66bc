// SPDX-License-Identifier: Apache-2.0
package org.bcgd.packed;

import java.nio.file.Path;
import java.util.Arrays;
import org.bcgd.data.ImageEncoding;
import org.bcgd.data.ImageShape;

/** What a user's service does, in a process of its own. */
final class ClassifyingProgram {

  private ClassifyingProgram() {}

  public static void main(String[] arguments) {
    try (QuantizedModel model = QuantizedModel.load(Path.of(arguments[0]))) {
      Classification said =
          model
              .classify(new ImageEncoding.Raw(new ImageShape(3, 6, 6)), SmallModel.images(1))
              .get(0);
      System.out.println(said.label() + " " + Arrays.toString(said.probabilities()));
    }
    try {
      Class.forName("org.deeplearning4j.nn.conf.ComputationGraphConfiguration");
    } catch (ClassNotFoundException e) {
      System.out.println("no Deeplearning4j");
    }
  }
}
