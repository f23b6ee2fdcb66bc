// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.settings.hocon;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * How a value is written in settings, and which values are allowed.
 *
 * @param expected what is allowed, in words
 * @param names the names among the allowed values
 * @param example an allowed value
 * @param reader the value, or nothing if it is not allowed
 * @param writer the value as a number, a text or a list of such
 */
public record ValueType<T>(
    String expected,
    List<String> names,
    T example,
    Function<ConfigValue, Optional<T>> reader,
    Function<T, Object> writer) {

  private static final double UNBOUNDED = Integer.MAX_VALUE; // a bound not worth telling

  /** Any text that is not blank. */
  public static ValueType<String> text(String example) {
    return new ValueType<>(
        "a text", List.of(), example, v -> scalar(v).filter(s -> !s.isBlank()), s -> s);
  }

  /** A whole number in {@code [least, most]}. */
  public static ValueType<Integer> wholeNumber(int least, int most, int example) {
    return new ValueType<>(
        "a whole number " + range(least, most),
        List.of(),
        example,
        v -> whole(v).filter(n -> n >= least && n <= most).map(Long::intValue),
        n -> n);
  }

  /** A whole number of 63 bits. */
  public static ValueType<Long> longNumber(long example) {
    return new ValueType<>(
        "a whole number from 0", List.of(), example, v -> whole(v).filter(n -> n >= 0), n -> n);
  }

  /** A number in {@code [least, most]}. */
  public static ValueType<Double> number(double least, double most, double example) {
    return new ValueType<>(
        "a number " + range(least, most),
        List.of(),
        example,
        v -> decimal(v).filter(x -> x >= least && x <= most),
        x -> x);
  }

  /** A finite number above 0. */
  public static ValueType<Double> positive(double example) {
    return number(0, Double.MAX_VALUE, example).restrictedTo(x -> x > 0, "a number above 0");
  }

  /** A switch. */
  public static ValueType<Boolean> trueOrFalse() {
    return new ValueType<>(
        "true or false",
        List.of("true", "false"),
        true,
        v ->
            Stream.of(true, false)
                .filter(it -> String.valueOf(v.unwrapped()).equals(it.toString()))
                .findFirst(),
        given -> given);
  }

  /** One of the constants of an enum, written in lower case with hyphens. */
  public static <E extends Enum<E>> ValueType<E> choice(Class<E> constants) {
    return named(names(constants));
  }

  /** One of some named values. */
  public static <T> ValueType<T> named(Map<String, ? extends T> values) {
    List<String> names = List.copyOf(values.keySet());
    return new ValueType<>(
        "one of " + String.join(", ", names),
        names,
        values.get(names.get(0)),
        v -> scalar(v).map(values::get),
        value -> names.stream().filter(n -> values.get(n).equals(value)).findFirst().orElseThrow());
  }

  /** A list of values of one type. */
  public static <T> ValueType<List<T>> listOf(ValueType<T> element) {
    return new ValueType<>(
        "a list, each " + element.expected,
        List.of(),
        List.of(element.example),
        v -> v instanceof ConfigList list ? elements(list, element) : Optional.empty(),
        values -> values.stream().map(element.writer).toList());
  }

  /** The constants of an enum by their names in settings, in their order. */
  public static <E extends Enum<E>> Map<String, E> names(Class<E> constants) {
    Map<String, E> named = new LinkedHashMap<>();
    for (E constant : constants.getEnumConstants()) {
      named.put(nameOf(constant), constant);
    }
    return named;
  }

  /** The name of a constant in settings: {@code CLIPPED_RELU} is {@code clipped-relu}. */
  public static String nameOf(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The values of this type that pass {@code test}. */
  public ValueType<T> restrictedTo(Predicate<T> test, String inWords) {
    return new ValueType<>(inWords, names, example, v -> reader.apply(v).filter(test), writer);
  }

  /** This type or another one, whose values are of class {@code kind}. */
  public <U extends T> ValueType<T> or(ValueType<U> other, Class<U> kind) {
    return new ValueType<>(
        expected + ", or " + other.expected,
        names,
        example,
        v -> reader.apply(v).or(() -> other.reader.apply(v)),
        value ->
            kind.isInstance(value) ? other.writer.apply(kind.cast(value)) : writer.apply(value));
  }

  /** The same writing for values of another class. */
  public <U> ValueType<U> as(Function<T, U> to, Function<U, T> from) {
    return new ValueType<>(
        expected,
        names,
        to.apply(example),
        v -> reader.apply(v).map(to),
        value -> writer.apply(from.apply(value)));
  }

  private static <T> Optional<List<T>> elements(ConfigList list, ValueType<T> element) {
    List<T> values = new ArrayList<>();
    for (ConfigValue value : list) {
      element.reader.apply(value).ifPresent(values::add);
    }
    return values.size() == list.size() ? Optional.of(List.copyOf(values)) : Optional.empty();
  }

  private static Optional<String> scalar(ConfigValue value) {
    boolean isScalar =
        value.valueType() == ConfigValueType.STRING || value.valueType() == ConfigValueType.NUMBER;
    return isScalar ? Optional.of(value.unwrapped().toString()) : Optional.empty();
  }

  private static Optional<Double> decimal(ConfigValue value) {
    return scalar(value).flatMap(text -> parsed(text, Double::valueOf)).filter(Double::isFinite);
  }

  private static Optional<Long> whole(ConfigValue value) {
    return scalar(value).flatMap(text -> parsed(text, Long::valueOf));
  }

  private static <N> Optional<N> parsed(String text, Function<String, N> parser) {
    try {
      return Optional.of(parser.apply(text));
    } catch (NumberFormatException notANumber) {
      return Optional.empty();
    }
  }

  private static String range(double least, double most) {
    return "from " + plain(least) + (most < UNBOUNDED ? " to " + plain(most) : "");
  }

  private static String plain(double x) {
    return BigDecimal.valueOf(x).stripTrailingZeros().toPlainString();
  }
}
