// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.dl4j;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.bcgd.checkpoint.Checkpoint;
import org.bcgd.checkpoint.CheckpointFormat;
import org.bcgd.descent.MasterState;
import org.bcgd.failure.StorageException;
import org.bcgd.network.NetworkDefinition;
import org.bcgd.network.given.GivenGraph;
import org.bcgd.parameters.ParameterLayout;
import org.bcgd.parameters.ParameterRole;
import org.bcgd.parameters.ParameterSlice;
import org.bcgd.spark.folder.RunFolder;
import org.bcgd.spark.storage.Folder;

/**
 * The run folder of a graph, which holds beside the files of every run
 *
 * <pre>
 *   graph.json    the graph as it was given
 *   first.ckpt    its weights before the first fit
 * </pre>
 *
 * @param uri of the folder
 * @param temporary whether it is deleted when it is needed no more
 */
record RunFiles(String uri, boolean temporary) {

  static final String GRAPH = "graph.json";
  static final String FIRST_WEIGHTS = "first.ckpt";

  /** A resolution that no training has touched yet; it is started from data. */
  private static final float UNTOUCHED = 1;

  /** A new folder of the driver's own, which does not outlive it. */
  static RunFiles aside() {
    try {
      return new RunFiles(TemporaryFolders.create("bcgd-master-").toUri().toString(), true);
    } catch (IOException e) {
      throw new StorageException(
          "The temporary folder of a training cannot be made: " + e.getMessage(), e);
    }
  }

  /** Writes down what a training starts from. */
  void write(GivenGraph graph, NetworkDefinition network, Configuration hadoop) {
    Folder folder = Folder.at(uri, hadoop);
    folder.write(GRAPH, out -> out.write(graph.json().getBytes(StandardCharsets.UTF_8)));
    Checkpoint first = firstWeights(graph, network);
    folder.write(FIRST_WEIGHTS, out -> CheckpointFormat.write(first, out));
  }

  /** The weights of the graph, without the resolutions that are still to be started. */
  private static Checkpoint firstWeights(GivenGraph graph, NetworkDefinition network) {
    float[] all = graph.values(network.layout());
    float[] kept = new float[all.length];
    List<ParameterSlice> slices = new ArrayList<>();
    int end = 0;
    for (ParameterSlice slice : network.layout().slices()) {
      if (slice.role() != ParameterRole.RESOLUTION || all[slice.offset()] != UNTOUCHED) {
        System.arraycopy(all, slice.offset(), kept, end, slice.length());
        slices.add(new ParameterSlice(slice.name(), slice.role(), end, slice.shape()));
        end += slice.length();
      }
    }
    return new Checkpoint(
        network.json(),
        new ParameterLayout(slices),
        MasterState.start(Arrays.copyOf(kept, end)),
        Map.of());
  }

  /** The newest checkpoint, if there is one. */
  Optional<Checkpoint> newest(Configuration hadoop) {
    return RunFolder.at(uri, hadoop).newest();
  }

  /** Deletes a temporary folder; whether nothing is left of it. */
  boolean delete() {
    return !temporary || TemporaryFolders.delete(Path.of(URI.create(uri)));
  }
}
