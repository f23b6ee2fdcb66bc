// SPDX-License-Identifier: Apache-2.0
package org.bcgd.parameters;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The slices of a network's flat parameter vector, in order, without gap or overlap. */
public record ParameterLayout(List<ParameterSlice> slices) {

  public ParameterLayout {
    slices = List.copyOf(slices);
    Set<String> names = new HashSet<>();
    int end = 0;
    for (ParameterSlice slice : slices) {
      if (slice.offset() != end) {
        throw new IllegalArgumentException(
            "parameter " + slice.name() + " starts at " + slice.offset() + ", expected " + end);
      }
      if (!names.add(slice.name())) {
        throw new IllegalArgumentException("two parameters are named " + slice.name());
      }
      end = slice.end();
    }
  }

  /** Number of values in the flat vector. */
  public int size() {
    return slices.isEmpty() ? 0 : slices.get(slices.size() - 1).end();
  }

  public Optional<ParameterSlice> find(String name) {
    return slices.stream().filter(slice -> slice.name().equals(name)).findFirst();
  }

  /** The slices of one role, in order. */
  public Stream<ParameterSlice> withRole(ParameterRole role) {
    return slices.stream().filter(slice -> slice.role() == role);
  }
}
