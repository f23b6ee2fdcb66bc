// SPDX-License-Identifier: Apache-2.0
package org.bcgd.data.source;

import java.io.Serializable;
import java.util.List;
import java.util.function.Consumer;
import org.bcgd.data.ImageEncoding;
import org.bcgd.data.StoredImage;

/**
 * One split of a dataset. Its images are numbered 0..size−1 in an order that depends only on the
 * names and contents of its files.
 */
public interface ImageSource extends Serializable {

  /** Number of images. */
  int size();

  /** The names of the classes, by label. */
  List<String> classNames();

  /** How the bytes of every image are to be read. */
  ImageEncoding encoding();

  /**
   * Hands the images {@code ascendingIndices} to {@code consumer}, in this order, each read once.
   *
   * @throws org.bcgd.failure.DataException if a file cannot be read, is truncated or holds a wrong
   *     label
   */
  void read(int[] ascendingIndices, Consumer<StoredImage> consumer);
}
