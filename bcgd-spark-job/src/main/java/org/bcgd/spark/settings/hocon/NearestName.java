// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.settings.hocon;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** What the user may have meant by a name that does not exist. */
final class NearestName {

  private NearestName() {}

  /** The name with the fewest edits, if two letters in three are right. */
  static Optional<String> of(String given, Collection<String> names) {
    return names.stream()
        .min(Comparator.comparingInt(name -> edits(given, name)))
        .filter(name -> isNear(given, name));
  }

  /** The key path whose last part has the fewest edits, one in the same section first. */
  static Optional<String> ofKey(String given, Collection<String> paths) {
    String name = lastPart(given);
    Comparator<String> byName = Comparator.comparingInt(path -> edits(name, lastPart(path)));
    return paths.stream()
        .min(byName.thenComparingInt(path -> edits(given, path)))
        .filter(path -> isNear(name, lastPart(path)));
  }

  private static boolean isNear(String given, String name) {
    return edits(given, name) <= Math.max(1, given.length() / 3);
  }

  private static int edits(String one, String other) {
    return LevenshteinDistance.getDefaultInstance().apply(one, other);
  }

  private static String lastPart(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }
}
