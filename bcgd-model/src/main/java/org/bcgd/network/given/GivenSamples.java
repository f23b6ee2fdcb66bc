// SPDX-License-Identifier: Apache-2.0
package org.bcgd.network.given;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bcgd.data.ImageShape;
import org.bcgd.data.StoredImage;
import org.bcgd.network.layer.RowMajor;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * The samples of one MultiDataSet: its only array of features, [N, C, H, W] or [N, C·H·W], and its
 * only array of labels, [N, classes], of which each row has a single 1.
 */
public final class GivenSamples {

  private static final int NO_CLASS = -1;

  private final ImageShape shape;
  private final int classes;

  /**
   * @param shape of every sample
   * @param classes of every row of labels
   */
  public GivenSamples(ImageShape shape, int classes) {
    this.shape = shape;
    this.classes = classes;
  }

  /** The type of the arrays in a dataset, for those who must carry one without looking into it. */
  public static Class<?> arrayType() {
    return INDArray.class;
  }

  /**
   * Reads them. A dataset of another form gives one sample that tells its defect.
   *
   * @param name of the dataset, for messages
   */
  public List<GivenSample> of(MultiDataSet set, String name) {
    Optional<String> defect = defect(set).or(() -> misfit(set));
    return defect.isPresent() ? List.of(unusable(name, defect.get())) : samples(set, name);
  }

  /** Why no such dataset can be trained on, whatever the network. */
  static Optional<String> defect(MultiDataSet set) {
    if (set.numFeatureArrays() != 1 || set.numLabelsArrays() != 1) {
      return Optional.of(
          "%d arrays of features and %d of labels; expected one of each"
              .formatted(set.numFeatureArrays(), set.numLabelsArrays()));
    }
    if (set.getFeatures(0) == null || set.getLabels(0) == null) {
      return Optional.of("no features or no labels");
    }
    if (isMasked(set.getFeaturesMaskArrays()) || isMasked(set.getLabelsMaskArrays())) {
      return Optional.of("a mask array; what is masked cannot be left out, expected none");
    }
    long[] features = set.getFeatures(0).shape();
    long[] labels = set.getLabels(0).shape();
    if ((features.length != 4 && features.length != 2)
        || labels.length != 2
        || features[0] != labels[0]) {
      return Optional.of(
          "features of shape %s and labels of shape %s; expected [N, C, H, W] or [N, values], and"
                  .formatted(Arrays.toString(features), Arrays.toString(labels))
              + " [N, classes]");
    }
    return Optional.empty();
  }

  private static boolean isMasked(INDArray[] masks) {
    return masks != null && Arrays.stream(masks).anyMatch(mask -> mask != null);
  }

  private Optional<String> misfit(MultiDataSet set) {
    long[] features = set.getFeatures(0).shape();
    long[] labels = set.getLabels(0).shape();
    long[] image = {features[0], shape.channels(), shape.height(), shape.width()};
    boolean fits =
        features.length == 4 ? Arrays.equals(features, image) : features[1] == shape.size();
    return fits && labels[1] == classes
        ? Optional.empty()
        : Optional.of(
            ("features of shape %s and labels of shape %s, where the first dataset has samples of %s"
                    + " and %d classes")
                .formatted(Arrays.toString(features), Arrays.toString(labels), shape, classes));
  }

  private List<GivenSample> samples(MultiDataSet set, String name) {
    float[] features = floats(set.getFeatures(0)); // [N, C, H, W]
    float[] labels = floats(set.getLabels(0)); // [N, classes]
    return IntStream.range(0, labels.length / classes)
        .mapToObj(n -> sample(features, labels, n, name + ", example " + n))
        .toList();
  }

  private static float[] floats(INDArray array) {
    return RowMajor.copy(array.castTo(DataType.FLOAT));
  }

  private GivenSample sample(float[] features, float[] labels, int n, String name) {
    float[] row = Arrays.copyOfRange(labels, n * classes, (n + 1) * classes);
    int label = classOf(row);
    if (label == NO_CLASS) {
      return unusable(
          name,
          "labels "
              + Arrays.toString(row)
              + "; expected a single 1 among zeros, the sample's class");
    }
    ByteBuffer values =
        ByteBuffer.allocate(Float.BYTES * shape.size()).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = n * shape.size(); i < (n + 1) * shape.size(); i++) {
      if (!Float.isFinite(features[i])) {
        return unusable(name, "the feature " + features[i] + "; expected finite numbers");
      }
      values.putFloat(features[i]);
    }
    return new GivenSample(new StoredImage(values.array(), label, name), Optional.empty());
  }

  /** The place of the only 1, if all else is 0. */
  private static int classOf(float[] row) {
    int label = NO_CLASS;
    for (int k = 0; k < row.length; k++) {
      if (row[k] == 1 && label == NO_CLASS) {
        label = k;
      } else if (row[k] != 0) {
        return NO_CLASS;
      }
    }
    return label;
  }

  private static GivenSample unusable(String name, String defect) {
    return new GivenSample(new StoredImage(new byte[0], 0, name), Optional.of(defect));
  }
}
