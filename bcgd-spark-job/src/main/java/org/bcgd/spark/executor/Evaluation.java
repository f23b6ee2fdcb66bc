// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.executor;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.bcgd.data.Batch;
import org.bcgd.data.ImageShard;
import org.bcgd.data.transform.Preprocessing;

/**
 * What a network made of some images: a confusion matrix, the hits among the five most probable
 * classes, and the cross-entropy loss. A final class of plain fields, because it crosses the Spark
 * wire.
 */
public final class Evaluation implements Serializable {

  private static final long serialVersionUID = 1;
  private static final int FIVE = 5;

  private final int classes;
  private final long[] confusion; // [true class, predicted class]
  private long topFive;
  private double loss; // Σ over images, nats

  private Evaluation(int classes) {
    this.classes = classes;
    this.confusion = new long[classes * classes];
  }

  /**
   * Judges a batch. Of equally probable classes the lowest number is predicted.
   *
   * @param probabilities [N, classes]
   * @param labels [N]
   */
  public static Evaluation of(float[] probabilities, int[] labels) {
    int classes = probabilities.length / labels.length;
    Evaluation evaluation = new Evaluation(classes);
    for (int n = 0; n < labels.length; n++) {
      evaluation.judge(probabilities, n * classes, labels[n]);
    }
    return evaluation;
  }

  /**
   * Judges all images of a shard, as they are without augmentation.
   *
   * @param batchSize images that are classified at once
   * @param classify the probabilities of a batch, [N, classes]
   */
  public static Evaluation ofShard(
      ImageShard shard,
      Preprocessing preprocessing,
      int batchSize,
      Function<Batch, float[]> classify) {
    List<Evaluation> batches = new ArrayList<>();
    for (int from = 0; from < shard.size(); from += batchSize) {
      int to = Math.min(from + batchSize, shard.size());
      Batch batch = preprocessing.evaluation(shard, from, to);
      batches.add(of(classify.apply(batch), batch.labels()));
    }
    return sum(batches);
  }

  /** The sum of parts, added from first to last. */
  public static Evaluation sum(List<Evaluation> parts) {
    Evaluation sum = new Evaluation(parts.get(0).classes);
    for (Evaluation part : parts) {
      for (int i = 0; i < sum.confusion.length; i++) {
        sum.confusion[i] += part.confusion[i];
      }
      sum.topFive += part.topFive;
      sum.loss += part.loss;
    }
    return sum;
  }

  /** Number of images. */
  public long images() {
    long images = 0;
    for (long count : confusion) {
      images += count;
    }
    return images;
  }

  public int classes() {
    return classes;
  }

  /** Images by true and predicted class, [classes, classes]. */
  public long[][] confusion() {
    long[][] matrix = new long[classes][];
    for (int truth = 0; truth < classes; truth++) {
      matrix[truth] = Arrays.copyOfRange(confusion, truth * classes, (truth + 1) * classes);
    }
    return matrix;
  }

  /** Images of class {@code truth} that were taken for {@code predicted}. */
  public long confusion(int truth, int predicted) {
    return confusion[truth * classes + predicted];
  }

  /** Share of images whose most probable class is the right one, 0..1. */
  public double topOne() {
    long hits = 0;
    for (int c = 0; c < classes; c++) {
      hits += confusion(c, c);
    }
    return (double) hits / images();
  }

  /** Share of images with the right one among the five most probable classes, 0..1. */
  public double topFive() {
    return (double) topFive / images();
  }

  /** Mean cross-entropy of an image, in nats. */
  public double meanLoss() {
    return loss / images();
  }

  private void judge(float[] probabilities, int from, int label) {
    int predicted = 0;
    int ahead = 0;
    float own = probabilities[from + label];
    for (int c = 0; c < classes; c++) {
      float probability = probabilities[from + c];
      if (probability > probabilities[from + predicted]) {
        predicted = c;
      }
      if (probability > own || (probability == own && c < label)) {
        ahead++;
      }
    }
    confusion[label * classes + predicted]++;
    topFive += ahead < FIVE ? 1 : 0;
    // A probability that underflowed to 0 counts as the smallest one, so that the sum stays finite.
    loss -= Math.log(Math.max(own, Float.MIN_VALUE));
  }
}
