// SPDX-License-Identifier: Apache-2.0
package org.bcgd.importing;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bcgd.failure.DataException;

/**
 * A file of named tensors in the format safetensors.
 *
 * <pre>
 *   n                 unsigned 64 bits, little-endian
 *   header            n bytes of UTF-8 JSON: name → dtype, shape, data_offsets [begin, end)
 *   data              the tensors' numbers, little-endian, row-major, without gap or overlap
 * </pre>
 *
 * <p>Memory is taken as bytes arrive, never on the word of the header.
 *
 * @see <a href="https://github.com/huggingface/safetensors#format">the format</a>
 */
public final class Safetensors {

  private static final int LONGEST_HEADER = 100_000_000; // the format's own limit
  private static final int LARGEST_DATA = Integer.MAX_VALUE - 64; // one Java array
  private static final String METADATA = "__metadata__";
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final String where;
  private final Map<String, NamedTensor> tensors;

  /** A tensor as the header describes it: bytes begin..end−1 of the data. */
  private record Entry(String name, TensorType type, List<Integer> shape, int begin, int end) {}

  private Safetensors(String where, Map<String, NamedTensor> tensors) {
    this.where = where;
    this.tensors = tensors;
  }

  /**
   * Reads a whole file.
   *
   * @param where the file's name, for messages
   * @throws DataException if it is damaged, cut short or of another format
   */
  public static Safetensors read(InputStream in, String where) throws IOException {
    List<Entry> entries = readHeader(in, where);
    byte[] data = in.readNBytes(LARGEST_DATA);
    if (in.read() >= 0) {
      throw unusable(where, "it is larger than 2 GiB");
    }
    requireCover(entries, data.length, where);
    Map<String, NamedTensor> tensors = new LinkedHashMap<>();
    for (Entry entry : entries) {
      ByteBuffer bytes =
          ByteBuffer.wrap(data, entry.begin, entry.end - entry.begin)
              .slice()
              .order(ByteOrder.LITTLE_ENDIAN);
      tensors.put(entry.name, new NamedTensor(entry.name, entry.type, entry.shape, bytes));
    }
    return new Safetensors(where, Collections.unmodifiableMap(tensors));
  }

  /** The file's name, for messages. */
  String where() {
    return where;
  }

  /** The tensors by name, in the order of their numbers. */
  Map<String, NamedTensor> tensors() {
    return tensors;
  }

  private static List<Entry> readHeader(InputStream in, String where) throws IOException {
    byte[] prefix = in.readNBytes(Long.BYTES);
    if (prefix.length < Long.BYTES) {
      throw unusable(where, "it ends within its first 8 bytes");
    }
    long length = ByteBuffer.wrap(prefix).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (length < 2 || length > LONGEST_HEADER) {
      throw unusable(
          where,
          "its header claims a length of "
              + Long.toUnsignedString(length)
              + " bytes; is it a"
              + " safetensors file?");
    }
    byte[] header = in.readNBytes((int) length);
    if (header.length < length) {
      throw unusable(where, "it ends within its header");
    }
    return entries(parse(header, where), where);
  }

  private static JsonNode parse(byte[] header, String where) {
    try {
      JsonNode json = JSON.readTree(header);
      if (header[0] == '{' && json.isObject()) {
        return json;
      }
    } catch (JsonProcessingException e) {
      throw unusable(where, "its header is not readable: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory are always read", e);
    }
    throw unusable(where, "its header is not a JSON object");
  }

  private static List<Entry> entries(JsonNode header, String where) {
    List<Entry> entries = new ArrayList<>();
    header
        .fields()
        .forEachRemaining(
            field -> {
              if (!field.getKey().equals(METADATA)) {
                entries.add(entry(field.getKey(), field.getValue(), where));
              }
            });
    entries.sort(Comparator.comparingInt(Entry::begin).thenComparingInt(Entry::end));
    return entries;
  }

  private static Entry entry(String name, JsonNode json, String where) {
    TensorType type = type(name, json.path("dtype").asText(), where);
    List<Long> shape = wholeNumbers(name, json.path("shape"), where);
    List<Long> offsets = wholeNumbers(name, json.path("data_offsets"), where);
    if (offsets.size() != 2 || offsets.get(0) > offsets.get(1) || offsets.get(1) > LARGEST_DATA) {
      throw unusable(where, "tensor " + name + " has the offsets " + offsets);
    }
    if (offsets.get(1) - offsets.get(0) != byteCount(name, type, shape, where)) {
      throw unusable(
          where,
          "tensor %s of type %s and shape %s does not fill the offsets %s"
              .formatted(name, type, shape, offsets));
    }
    return new Entry(
        name,
        type,
        shape.stream().map(Math::toIntExact).toList(),
        offsets.get(0).intValue(),
        offsets.get(1).intValue());
  }

  private static TensorType type(String name, String dtype, String where) {
    for (TensorType type : TensorType.values()) {
      if (type.name().equals(dtype)) {
        return type;
      }
    }
    throw unusable(where, "tensor " + name + " has the unknown type \"" + dtype + "\"");
  }

  private static List<Long> wholeNumbers(String name, JsonNode array, String where) {
    List<Long> numbers = new ArrayList<>();
    for (JsonNode number : array) {
      if (!number.canConvertToExactIntegral()
          || !number.canConvertToLong()
          || number.asLong() < 0
          || number.asLong() > Integer.MAX_VALUE) {
        throw unusable(
            where, "tensor " + name + " has " + number + " among its extents or offsets");
      }
      numbers.add(number.asLong());
    }
    if (!array.isArray()) {
      throw unusable(where, "tensor " + name + " lacks its shape or its offsets");
    }
    return numbers;
  }

  private static long byteCount(String name, TensorType type, List<Long> shape, String where) {
    try {
      long count = type.bytes();
      for (long extent : shape) {
        count = Math.multiplyExact(count, extent);
      }
      return count;
    } catch (ArithmeticException e) {
      throw unusable(where, "tensor " + name + " claims the shape " + shape);
    }
  }

  /** Requires that the tensors, in order, lie side by side from the first byte to the last. */
  private static void requireCover(List<Entry> entries, int bytes, String where) {
    int end = 0;
    for (Entry entry : entries) {
      if (entry.begin != end) {
        throw unusable(
            where,
            "tensor %s begins at byte %d of the data, expected %d: tensors overlap or leave a gap"
                .formatted(entry.name, entry.begin, end));
      }
      end = entry.end;
    }
    if (end != bytes) {
      throw unusable(
          where, "its header describes %d bytes of data, it has %d".formatted(end, bytes));
    }
  }

  private static DataException unusable(String where, String reason) {
    return new DataException("The file " + where + " cannot be used: " + reason + ".");
  }
}
