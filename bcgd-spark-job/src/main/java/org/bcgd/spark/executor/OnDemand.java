// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.executor;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Supplier;

/**
 * One value that is computed when it is taken, so that whoever takes it can measure what it costs.
 */
final class OnDemand<T> implements Iterator<T> {

  private final Supplier<T> value;
  private boolean taken;

  OnDemand(Supplier<T> value) {
    this.value = value;
  }

  @Override
  public boolean hasNext() {
    return !taken;
  }

  @Override
  public T next() {
    if (taken) {
      throw new NoSuchElementException();
    }
    taken = true;
    return value.get();
  }
}
