// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.ml;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.BinaryAttribute;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.bcgd.failure.DataException;

/**
 * The labels of a DataFrame: whole numbers from 0, as doubles.
 *
 * @param name of the column
 * @param classes by label; from the column's metadata, as StringIndexer leaves it, or else the
 *     numbers themselves
 */
record LabelColumn(String name, List<String> classes) {

  private static final int FEWEST = 2;

  /**
   * Looks through the labels; the images are not read for it.
   *
   * @param declared number of classes, where settings tell it
   * @throws DataException if a label is null, negative, no whole number, or beyond the classes
   */
  static LabelColumn of(Dataset<?> data, String name, Optional<Integer> declared) {
    Column label = col(name);
    Row found =
        data.select(label)
            .agg(
                count("*"),
                count(when(label.isNull().or(label.isNaN()), 1)),
                count(when(label.lt(0).or(label.notEqual(floor(label))), 1)),
                max(label))
            .first();
    check(name, found);
    List<String> named = named(data.schema().apply(name));
    int largest = (int) found.getDouble(3);
    int classes = declared.orElse(named.isEmpty() ? Math.max(FEWEST, largest + 1) : named.size());
    if (largest >= classes) {
      throw new DataException(
          "column "
              + name
              + " holds the label "
              + largest
              + ", but there are "
              + classes
              + " classes, 0.."
              + (classes - 1));
    }
    return new LabelColumn(name, named.size() == classes ? named : numbers(classes));
  }

  private static void check(String name, Row found) {
    if (found.getLong(0) == 0) {
      throw new DataException("the DataFrame has no rows to train on");
    }
    if (found.getLong(1) > 0) {
      throw new DataException(
          found.getLong(1) + " rows have no label: column " + name + " is null or NaN there");
    }
    if (found.getLong(2) > 0) {
      throw new DataException(
          found.getLong(2)
              + " rows of column "
              + name
              + " hold no label: needed are whole numbers from 0, such as StringIndexer gives");
    }
  }

  private static List<String> named(StructField field) {
    Attribute attribute = Attribute.fromStructField(field);
    if (attribute instanceof NominalAttribute nominal) {
      return nominal.values().isDefined()
          ? List.of(nominal.values().get())
          : nominal.getNumValues().isDefined()
              ? numbers((Integer) nominal.getNumValues().get())
              : List.of();
    }
    return attribute instanceof BinaryAttribute ? numbers(FEWEST) : List.of();
  }

  private static List<String> numbers(int count) {
    return IntStream.range(0, count).mapToObj(String::valueOf).toList();
  }
}
