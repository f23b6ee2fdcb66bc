// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.settings.hocon;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A group of keys in the settings. A problem is noted, not thrown, and an allowed value stands in,
 * so that reading goes on and finds the next one; {@link Reading#finish} then throws.
 */
public final class Section {

  private final String prefix; // "" or the path and a dot
  private final ConfigObject content;
  private final Reading reading;

  Section(String prefix, ConfigObject content, Reading reading) {
    this.prefix = prefix;
    this.content = content;
    this.reading = reading;
  }

  /** The value of a key that must be given. */
  public <T> T required(String key, ValueType<T> type) {
    return optional(key, type)
        .orElseGet(
            () -> {
              if (given(key).isEmpty()) {
                reading.missing(prefix + key, needed(type));
              }
              return type.example();
            });
  }

  /** The value of a key, or its default. */
  public <T> T value(String key, ValueType<T> type, T orDefault) {
    return optional(key, type)
        .orElseGet(
            () -> {
              record(key, type, orDefault);
              return orDefault;
            });
  }

  /** The value of a key that may be absent. */
  public <T> Optional<T> optional(String key, ValueType<T> type) {
    reading.knowKey(prefix + key);
    Optional<T> value = given(key).flatMap(given -> read(key, given, type));
    value.ifPresent(v -> record(key, type, v));
    return value;
  }

  /** A section inside this one; empty if absent. */
  public Section section(String key) {
    return section(key, Map.of());
  }

  /** A section inside this one, or a name that stands for its content. */
  public Section section(String key, Map<String, String> named) {
    reading.knowSection(prefix + key);
    ConfigObject inside =
        given(key).map(given -> inside(key, given, named)).orElse(ConfigFactory.empty().root());
    return new Section(prefix + key + ".", inside, reading);
  }

  /** A section inside this one that may be absent. */
  public Optional<Section> optionalSection(String key) {
    reading.knowSection(prefix + key);
    return given(key).map(given -> section(key));
  }

  /** Notes a problem of these keys together unless it {@code holds} that they agree. */
  public void check(boolean holds, String problem, String... keys) {
    if (!holds) {
      reading.clash(Stream.of(keys).map(key -> prefix + key).toList(), problem);
    }
  }

  private <T> Optional<T> read(String key, ConfigValue given, ValueType<T> type) {
    Optional<T> value = type.reader().apply(given);
    if (value.isEmpty()) {
      reading.wrong(prefix + key, given, guess(given, type.names()) + "needed is " + needed(type));
    }
    return value;
  }

  private ConfigObject inside(String key, ConfigValue given, Map<String, String> named) {
    if (given instanceof ConfigObject object) {
      return object;
    }
    List<String> names = named.keySet().stream().sorted().toList();
    Optional<String> text = Optional.ofNullable(named.get(given.unwrapped().toString()));
    if (text.isEmpty()) {
      String orNames = names.isEmpty() ? "" : ", or one of " + String.join(", ", names);
      reading.wrong(
          prefix + key, given, guess(given, names) + "needed is a section { ... }" + orNames);
    }
    return text.map(ConfigFactory::parseString)
        .map(Config::root)
        .orElse(ConfigFactory.empty().root());
  }

  private static String guess(ConfigValue given, List<String> names) {
    return NearestName.of(given.unwrapped().toString(), names)
        .map(near -> "did you mean " + near + "? ")
        .orElse("");
  }

  private static <T> String needed(ValueType<T> type) {
    String example = String.valueOf(type.writer().apply(type.example()));
    return type.names().contains(example)
        ? type.expected()
        : type.expected() + ", such as " + example;
  }

  private <T> void record(String key, ValueType<T> type, T value) {
    reading.record(prefix + key, ConfigValueFactory.fromAnyRef(type.writer().apply(value)));
  }

  private Optional<ConfigValue> given(String key) {
    return Optional.ofNullable(content.get(key))
        .filter(value -> value.valueType() != ConfigValueType.NULL);
  }
}
