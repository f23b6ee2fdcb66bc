// SPDX-License-Identifier: Apache-2.0
package org.bcgd.importing;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.bcgd.failure.DataException;
import org.bcgd.failure.SettingsException;
import org.bcgd.importing.Source.Constant;
import org.bcgd.importing.Source.FromTensor;
import org.bcgd.parameters.ParameterLayout;
import org.bcgd.parameters.ParameterRole;
import org.bcgd.parameters.ParameterSlice;

/**
 * The parameters of a network, filled from a file.
 *
 * @param values the flat vector, [layout size]
 * @param taken parameters whose values are the file's, in order
 * @param constant parameters that the naming fixes, in order
 * @param fresh parameters that were to be started afresh, in order
 */
public record WeightImport(
    float[] values, List<String> taken, List<String> constant, List<String> fresh) {

  /**
   * Fills every parameter.
   *
   * @param naming of the file's tensors
   * @param freshPatterns glob patterns of tensor names, such as {@code layer4.*}: what they match
   *     keeps its value of {@code start}, whether the file has it or not
   * @param start values of a network that nothing was imported into, [layout size]
   * @throws DataException if a tensor is missing, left over, of another shape or no float; all of
   *     them are told at once
   * @throws SettingsException if the network has parameters that the naming does not know, or a
   *     pattern matches none
   */
  public static WeightImport of(
      Safetensors file,
      Naming naming,
      ParameterLayout layout,
      List<String> freshPatterns,
      float[] start) {
    Filling filling = new Filling(file, freshPatterns, start.clone());
    for (ParameterSlice slice : layout.slices()) {
      if (slice.role() == ParameterRole.RESOLUTION) {
        throw new SettingsException(
            "weights are imported into a float network, which has no resolution such as "
                + slice.name()
                + ": set activations.bits = 32, and start the quantized run from the imported one"
                + " by initial-weights.from");
      }
      filling.fill(slice, naming.source(slice).orElseThrow(() -> unnamed(naming, slice)));
    }
    return filling.finished();
  }

  private static SettingsException unnamed(Naming naming, ParameterSlice slice) {
    return new SettingsException(
        "the naming "
            + naming
            + " has no name for "
            + slice.name()
            + "; it is for residual networks");
  }

  /** A vector on its way to being filled. */
  private static final class Filling {
    private final Safetensors file;
    private final List<String> patterns;
    private final Set<String> unusedPatterns;
    private final float[] values;
    private final Set<String> known = new HashSet<>();
    private final List<String> taken = new ArrayList<>();
    private final List<String> constant = new ArrayList<>();
    private final List<String> fresh = new ArrayList<>();
    private final Set<String> problems = new TreeSet<>();

    Filling(Safetensors file, List<String> patterns, float[] values) {
      this.file = file;
      this.patterns = patterns;
      this.unusedPatterns = new TreeSet<>(patterns);
      this.values = values;
    }

    void fill(ParameterSlice slice, Source source) {
      if (source instanceof Constant always) {
        Arrays.fill(values, slice.offset(), slice.end(), always.value());
        constant.add(slice.name());
      } else if (source instanceof FromTensor tensor) {
        known.add(tensor.name());
        if (isFresh(tensor.name())) {
          fresh.add(slice.name());
        } else {
          take(slice, tensor.name());
        }
      }
    }

    private void take(ParameterSlice slice, String name) {
      NamedTensor tensor = file.tensors().get(name);
      if (tensor == null) {
        problems.add(name + " is missing, it would become " + slice.name());
      } else if (!tensor.shape().equals(slice.shape())) {
        problems.add(
            "%s has the shape %s, %s needs %s"
                .formatted(name, tensor.shape(), slice.name(), slice.shape()));
      } else if (!tensor.type().isFloatingPoint()) {
        problems.add(name + " holds numbers of type " + tensor.type() + ", no floats");
      } else {
        tensor.copyTo(values, slice.offset(), file.where());
        taken.add(slice.name());
      }
    }

    private boolean isFresh(String tensor) {
      boolean matched = false;
      for (String pattern : patterns) {
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
        if (matcher.matches(Path.of(tensor))) {
          unusedPatterns.remove(pattern);
          matched = true;
        }
      }
      return matched;
    }

    WeightImport finished() {
      for (String name : file.tensors().keySet()) {
        if (!known.contains(name) && !Naming.isCounter(name)) {
          problems.add(name + " is left over, nothing in the network bears its name");
        }
      }
      if (!problems.isEmpty()) {
        throw new DataException(
            "The file "
                + file.where()
                + " does not fit the network:\n  "
                + String.join("\n  ", problems)
                + "\nChoose the architecture, classes and naming of the file, or name the tensors"
                + " whose parameters shall start afresh.");
      }
      if (!unusedPatterns.isEmpty()) {
        throw new SettingsException(
            "no tensor of the network matches " + String.join(", ", unusedPatterns));
      }
      return new WeightImport(
          values, List.copyOf(taken), List.copyOf(constant), List.copyOf(fresh));
    }
  }
}
