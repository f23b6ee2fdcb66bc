// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.settings.hocon;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOriginFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.bcgd.failure.SettingsException;

/**
 * Parsed settings and where they come from.
 *
 * @param config all keys, substitutions resolved
 * @param source the file, as the user named it
 */
public record Hocon(Config config, String source) {

  /**
   * The settings of a file, with {@code key=value} overrides on top. An included file that does not
   * exist is an error.
   *
   * @throws SettingsException if a file or an override cannot be parsed
   */
  public static Hocon file(Path file, List<String> overrides) {
    if (!Files.isRegularFile(file)) {
      throw new SettingsException("settings file " + file + " does not exist; see the folder conf");
    }
    // Absolute, since what an include is relative to is asked of the file's own folder.
    Path absolute = file.toAbsolutePath();
    return parse(
        file.toString(), overrides, options -> ConfigFactory.parseFile(absolute.toFile(), options));
  }

  /**
   * The settings of a text.
   *
   * @param source what to call the text in messages
   * @throws SettingsException if it cannot be parsed
   */
  public static Hocon text(String text, String source, List<String> overrides) {
    return parse(
        source,
        overrides,
        options -> ConfigFactory.parseString(text, options.setOriginDescription(source)));
  }

  private static Hocon parse(
      String source, List<String> overrides, Function<ConfigParseOptions, Config> parser) {
    ConfigParseOptions options =
        ConfigParseOptions.defaults().setAllowMissing(false).setIncluder(new RequiredIncludes());
    try {
      Config config = parser.apply(options);
      for (String override : overrides) {
        config = override(config, override);
      }
      return new Hocon(config.resolve(), source);
    } catch (ConfigException e) {
      throw new SettingsException("settings cannot be read: " + e.getMessage(), e);
    }
  }

  private static Config override(Config config, String override) {
    int equals = override.indexOf('=');
    if (equals < 1) {
      throw new SettingsException(
          "--set " + override + ": needed is key=value, such as --set training.epochs=3");
    }
    String key = override.substring(0, equals).strip();
    String origin = "--set " + override;
    return config.withValue(key, value(override.substring(equals + 1).strip(), origin));
  }

  /** Lists, sections, quoted text and null are HOCON; all else stands for itself, URIs included. */
  private static ConfigValue value(String text, String origin) {
    if (text.equals("null")
        || text.startsWith("[")
        || text.startsWith("{")
        || text.startsWith("\"")) {
      return ConfigFactory.parseString(
              "value = " + text, ConfigParseOptions.defaults().setOriginDescription(origin))
          .root()
          .get("value")
          .withOrigin(ConfigOriginFactory.newSimple(origin));
    }
    return ConfigValueFactory.fromAnyRef(text, origin);
  }

  /** Finds included files beside the including one and insists that they exist. */
  private static final class RequiredIncludes implements ConfigIncluder {
    @Override
    public ConfigIncluder withFallback(ConfigIncluder fallback) {
      return this;
    }

    @Override
    public ConfigObject include(ConfigIncludeContext context, String what) {
      try {
        return context.relativeTo(what).parse(context.parseOptions().setAllowMissing(false));
      } catch (ConfigException.IO e) {
        throw new SettingsException(
            "included file " + what + " is not beside the file that includes it", e);
      }
    }
  }
}
