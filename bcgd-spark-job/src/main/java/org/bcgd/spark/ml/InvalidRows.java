// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.ml;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.util.Identifiable;

/** What becomes of a row whose image is null or cannot be read. */
enum InvalidRows {
  /** It ends the job. */
  ERROR,
  /** It is left out. */
  SKIP,
  /** It stays, with null in the columns that are added; training leaves it out. */
  KEEP;

  /** The param of that choice. */
  static Param<String> param(Identifiable parent) {
    return new Param<>(
        parent,
        "handleInvalid",
        "what becomes of rows whose image is null or cannot be read: 'error' (throw an error),"
            + " 'skip' (leave the row out), or 'keep' (keep the row, with null in the columns that"
            + " are added; training leaves it out)",
        ParamValidators.inArray(names()));
  }

  static InvalidRows named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** The name as a value of the param. */
  String value() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static List<String> names() {
    return Stream.of(values()).map(InvalidRows::value).toList();
  }
}
