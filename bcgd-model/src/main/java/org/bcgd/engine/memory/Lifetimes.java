// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.memory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Places values in one block of memory, so that those that live at the same time do not overlap:
 * each at the lowest place that is free while it lives.
 */
public final class Lifetimes {

  private static final long ALIGNMENT = 64;

  private record Place(long offset, long size, int birth, int death) {

    boolean meets(int from, int to) {
      return birth <= to && from <= death;
    }
  }

  private final List<Place> places = new ArrayList<>();
  private long size;

  /**
   * The offset of a value.
   *
   * @param birth the step that writes it
   * @param death the last step that reads it
   */
  public long place(long bytes, int birth, int death) {
    long length = (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    List<Place> others =
        places.stream()
            .filter(place -> place.meets(birth, death))
            .sorted(Comparator.comparingLong(Place::offset))
            .toList();
    long offset = 0;
    for (Place other : others) {
      if (offset + length <= other.offset()) {
        break;
      }
      offset = Math.max(offset, other.offset() + other.size());
    }
    places.add(new Place(offset, length, birth, death));
    size = Math.max(size, offset + length);
    return offset;
  }

  /** Bytes of the block. */
  public long size() {
    return size;
  }
}
