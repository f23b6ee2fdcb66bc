// SPDX-License-Identifier: Apache-2.0
package org.bcgd.network.given;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Optional;
import org.bcgd.data.ImageShape;
import org.bcgd.failure.DataException;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * What the samples of a dataset look like, told by one of its parts. A final class of plain fields,
 * because it crosses the Spark wire.
 */
public final class SampleForm implements Serializable {

  private static final long serialVersionUID = 1;

  private final long[] features; // of one sample: [C, H, W] or [values]
  private final long classes;
  private final String defect; // or null

  private SampleForm(long[] features, long classes, String defect) {
    this.features = features;
    this.classes = classes;
    this.defect = defect;
  }

  /** The form of the samples in {@code set}. */
  public static SampleForm of(MultiDataSet set) {
    Optional<String> defect = GivenSamples.defect(set);
    if (defect.isPresent()) {
      return new SampleForm(new long[0], 0, defect.get());
    }
    long[] features = set.getFeatures(0).shape();
    return new SampleForm(
        Arrays.copyOfRange(features, 1, features.length), set.getLabels(0).size(1), null);
  }

  /** Number of classes. */
  public int classes() {
    requireSound();
    return Math.toIntExact(classes);
  }

  /**
   * The shape of a sample as an image. A vector is folded as {@code graph} folds it, or else is an
   * image of one row.
   *
   * @throws DataException if it cannot be an image
   */
  public ImageShape image(GivenGraph graph) {
    requireSound();
    long[] shape =
        features.length == 1
            ? graph.folding().orElse(new long[] {1, 1, features[0]})
            : features; // [C, H, W]
    if (shape[0] != 1 && shape[0] != 3) {
      throw new DataException(
          "the samples have the shape "
              + Arrays.toString(shape)
              + " (channels, height, width); those of 1 or 3 channels can be trained on");
    }
    return new ImageShape(
        Math.toIntExact(shape[0]), Math.toIntExact(shape[1]), Math.toIntExact(shape[2]));
  }

  private void requireSound() {
    if (defect != null) {
      throw new DataException("the first dataset cannot be trained on: " + defect);
    }
  }
}
