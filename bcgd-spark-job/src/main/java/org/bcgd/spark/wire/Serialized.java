// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.wire;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;

/**
 * A value that crosses the Spark wire as bytes that Java has serialized, because Kryo, which a
 * cluster may have set as Spark's serializer, cannot read the fields of records.
 */
public final class Serialized<T extends Serializable> implements Serializable {

  private static final long serialVersionUID = 1;

  private final byte[] bytes;
  private transient volatile T value;

  public Serialized(T value) {
    this.value = value;
    this.bytes = serialize(value);
  }

  /** The value; always the same object in one JVM. */
  public T value() {
    if (value == null) {
      synchronized (bytes) {
        if (value == null) {
          value = deserialize();
        }
      }
    }
    return value;
  }

  private static byte[] serialize(Serializable value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(value);
    } catch (IOException e) {
      throw new IllegalStateException("parts that are serializable are serialized", e);
    }
    return bytes.toByteArray();
  }

  @SuppressWarnings("unchecked") // what was written was a T
  private T deserialize() {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      return (T) in.readObject();
    } catch (IOException | ClassNotFoundException e) {
      throw new IllegalStateException("driver and executor run different versions of bcgd", e);
    }
  }
}
