// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.run;

import java.util.Optional;
import org.bcgd.data.transform.Preprocessing;
import org.bcgd.network.NetworkDefinition;
import org.bcgd.spark.shards.ShardedDataset;

/** The images of a run, loaded when it begins; the run closes them. */
public interface RunImages {

  /**
   * The images to train on.
   *
   * @throws org.bcgd.failure.DataException if they are missing, damaged or do not fit
   */
  ShardedDataset training(Preprocessing preprocessing, NetworkDefinition network);

  /**
   * The images to judge by; none if nothing is to be judged.
   *
   * @throws org.bcgd.failure.DataException if they are damaged or do not fit
   */
  Optional<ShardedDataset> judging(Preprocessing preprocessing, NetworkDefinition network);
}
