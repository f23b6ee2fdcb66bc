// SPDX-License-Identifier: Apache-2.0
package org.bcgd.packed;

import java.util.List;
import org.bcgd.engine.graph.Node;
import org.bcgd.quantization.Rounding;

/** The bytes that stand for kinds of things in a packed model. */
final class Tags {

  static final int LINEAR = 1;
  static final int STAGE = 2;
  static final int POOLING = 3;
  static final int SHORTCUT = 4;

  static final int IDENTITY = 0;
  static final int RECTIFIER = 1;
  static final int STAIRCASE = 2;

  /** By their bytes. */
  static final List<Node.Pooling.Kind> POOLINGS =
      List.of(
          Node.Pooling.Kind.MAXIMUM, Node.Pooling.Kind.MEAN_WITH_PADDING, Node.Pooling.Kind.MEAN);

  /** By their bytes. */
  static final List<Rounding> ROUNDINGS = List.of(Rounding.UP, Rounding.NEAREST);

  private Tags() {}
}
