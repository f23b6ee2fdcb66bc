// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.settings;

import com.typesafe.config.Config;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A key whose value is not the same in two settings.
 *
 * @param key its path
 * @param before its value in the first settings, or {@code not set}
 * @param after its value in the second
 * @param allowedOnResume whether a run may go on from a checkpoint of the first settings with the
 *     second
 */
public record Difference(String key, String before, String after, boolean allowedOnResume) {

  private static final Set<String> FREE_KEYS =
      Set.of(
          "name",
          "run.folder",
          "run.checkpoint-every-steps",
          "run.keep-checkpoints",
          "dataset.evaluation-limit",
          "aggregation.reduction");
  private static final List<String> FREE_SECTIONS = List.of("evaluation.", "execution.");

  static List<Difference> between(Settings before, Settings after) {
    Set<String> keys = new TreeSet<>();
    before.values().entrySet().forEach(entry -> keys.add(entry.getKey()));
    after.values().entrySet().forEach(entry -> keys.add(entry.getKey()));
    return keys.stream()
        .map(key -> of(key, before, after))
        .filter(difference -> !difference.before.equals(difference.after))
        .toList();
  }

  @Override
  public String toString() {
    return key + ": " + before + " -> " + after;
  }

  private static Difference of(String key, Settings before, Settings after) {
    boolean allowed =
        FREE_KEYS.contains(key)
            || FREE_SECTIONS.stream().anyMatch(key::startsWith)
            || (key.equals("training.epochs") && isExtension(before, after));
    return new Difference(key, value(before.values(), key), value(after.values(), key), allowed);
  }

  /** More epochs only append steps, except under a cosine, which they stretch. */
  private static boolean isExtension(Settings before, Settings after) {
    return after.training().epochs() > before.training().epochs()
        && after.training().learningRate().schedule() != LearningRateSettings.Schedule.COSINE;
  }

  private static String value(Config values, String key) {
    return values.hasPath(key) ? values.getValue(key).unwrapped().toString() : "not set";
  }
}
