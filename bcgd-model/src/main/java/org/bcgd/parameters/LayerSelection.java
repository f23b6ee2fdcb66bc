// SPDX-License-Identifier: Apache-2.0
package org.bcgd.parameters;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;

/** Which of a network's linear layers have quantized weights. */
public sealed interface LayerSelection {

  /** Whether the weights {@code slice}, number {@code index} of {@code count}, are selected. */
  boolean selects(ParameterSlice slice, int index, int count);

  /** Every linear layer, the first and the classifier included. */
  record All() implements LayerSelection {
    @Override
    public boolean selects(ParameterSlice slice, int index, int count) {
      return true;
    }
  }

  /** Every linear layer but the first and the last. */
  record AllButFirstAndLast() implements LayerSelection {
    @Override
    public boolean selects(ParameterSlice slice, int index, int count) {
      return index > 0 && index < count - 1;
    }
  }

  /** The layers whose parameter name matches one of the glob patterns, such as {@code stage?/*}. */
  record Matching(List<String> patterns) implements LayerSelection {
    public Matching {
      patterns = List.copyOf(patterns);
    }

    @Override
    public boolean selects(ParameterSlice slice, int index, int count) {
      return patterns.stream().anyMatch(pattern -> matches(pattern, slice.name()));
    }

    private static boolean matches(String pattern, String name) {
      PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
      return matcher.matches(Path.of(name));
    }
  }
}
