// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.UncheckedIOException;

/** The JSON of our records: fields in declaration order, maps by key, absent values as null. */
final class Json {

  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .build();

  private Json() {}

  /** A record as indented JSON. */
  static String indented(Record values) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(values);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("plain values are always written", e);
    }
  }
}
