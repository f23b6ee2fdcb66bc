// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.settings.hocon;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bcgd.failure.SettingsException;

/**
 * One reading of settings: which keys exist, what they came to, and what is wrong with them.
 * Mutable while the sections are read.
 */
public final class Reading {

  private final Hocon hocon;
  private final Set<String> sections = new TreeSet<>();
  private final Set<String> keys = new TreeSet<>();
  private final Set<String> faulty = new HashSet<>();
  private final List<String> problems = new ArrayList<>();
  private Config values = ConfigFactory.empty();

  public Reading(Hocon hocon) {
    this.hocon = hocon;
  }

  /** The section of all keys. */
  public Section root() {
    return new Section("", hocon.config().root(), this);
  }

  /** Every key that was read so far, with the value given or else the default. */
  public Config values() {
    return values;
  }

  /**
   * Ends the reading.
   *
   * @throws SettingsException with one line for each problem, unknown keys included, if there are
   *     any
   */
  public void finish() {
    findUnknownKeys("", hocon.config().root());
    if (!problems.isEmpty()) {
      String count = problems.size() == 1 ? "a problem" : problems.size() + " problems";
      throw new SettingsException(count + " in the settings:\n  " + String.join("\n  ", problems));
    }
  }

  void knowSection(String path) {
    sections.add(path);
  }

  void knowKey(String path) {
    keys.add(path);
  }

  void record(String path, ConfigValue value) {
    values = values.withValue(path, value);
  }

  /** Notes that a key is absent although it has no default, unless its section is wrong. */
  void missing(String path, String needed) {
    faulty.add(path);
    if (!faulty.contains(sectionOf(path))) {
      problems.add(path + " (" + hocon.source() + "): missing; needed is " + needed);
    }
  }

  /** Notes that a value cannot be used. */
  void wrong(String path, ConfigValue value, String problem) {
    faulty.add(path);
    problems.add(described(path, value) + ": " + problem);
  }

  /** Notes that values do not go together, unless one of them is wrong by itself. */
  void clash(List<String> paths, String problem) {
    if (paths.stream().noneMatch(faulty::contains)) {
      problems.add(
          String.join(", ", paths.stream().map(this::described).toList()) + ": " + problem);
    }
  }

  private static String sectionOf(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('.')));
  }

  private String described(String path) {
    if (hocon.config().hasPath(path)) {
      return described(path, hocon.config().getValue(path));
    }
    return values.hasPath(path)
        ? path + " = " + values.getValue(path).unwrapped() + " (default)"
        : path + " (not set)";
  }

  private static String described(String path, ConfigValue value) {
    String given = value instanceof ConfigObject ? "{ ... }" : value.unwrapped().toString();
    return path + " = " + given + " (" + value.origin().description() + ")";
  }

  private void findUnknownKeys(String prefix, ConfigObject content) {
    for (Map.Entry<String, ConfigValue> entry : new TreeMap<>(content).entrySet()) {
      String path = prefix + entry.getKey();
      if (sections.contains(path)) {
        if (entry.getValue() instanceof ConfigObject section) {
          findUnknownKeys(path + ".", section);
        }
      } else if (!keys.contains(path)) {
        wrong(path, entry.getValue(), "unknown key; " + advice(prefix, path));
      }
    }
  }

  private String advice(String prefix, String path) {
    Set<String> known = new TreeSet<>(keys);
    known.addAll(sections);
    return NearestName.ofKey(path, known)
        .map(near -> "did you mean " + near + "?")
        .orElseGet(() -> "known here: " + String.join(", ", children(prefix, known)));
  }

  private static List<String> children(String prefix, Set<String> known) {
    return known.stream()
        .filter(path -> path.startsWith(prefix))
        .map(path -> path.substring(prefix.length()))
        .filter(name -> name.indexOf('.') < 0)
        .toList();
  }
}
