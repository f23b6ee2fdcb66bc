// SPDX-License-Identifier: Apache-2.0
package org.bcgd.data.source;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.bcgd.data.ImageEncoding;
import org.bcgd.data.StoredImage;
import org.bcgd.failure.DataException;

/**
 * CIFAR-10 and CIFAR-100 in their binary layout.
 *
 * <pre>
 *   record = label bytes, then 3072 bytes [3, 32, 32], the planes in the order red, green, blue
 * </pre>
 *
 * CIFAR-10 has one label byte; CIFAR-100 has two, coarse and fine, of which the fine one counts.
 *
 * @see <a href="https://www.cs.toronto.edu/~kriz/cifar.html">Krizhevsky 2009</a>
 */
final class CifarSource implements ImageSource {

  private static final long serialVersionUID = 1;

  private final DatasetFiles files;
  private final CifarLayout layout;
  private final List<String> names; // of the files of this split, in order
  private final int[] starts; // [files + 1]; file k holds the images starts[k]..starts[k + 1]−1
  private final List<String> classNames;

  CifarSource(FileTree tree, Split split, CifarLayout layout) {
    this.files = new DatasetFiles(tree);
    this.layout = layout;
    this.names = layout.files(split);
    this.starts = new int[names.size() + 1];
    for (int k = 0; k < names.size(); k++) {
      starts[k + 1] = Math.addExact(starts[k], records(names.get(k)));
    }
    this.classNames = files.classNames(layout.classNameFile(), layout.classes());
  }

  @Override
  public int size() {
    return starts[names.size()];
  }

  @Override
  public List<String> classNames() {
    return classNames;
  }

  @Override
  public ImageEncoding encoding() {
    return new ImageEncoding.Raw(CifarLayout.SHAPE);
  }

  @Override
  public void read(int[] ascendingIndices, Consumer<StoredImage> consumer) {
    for (int k = 0; k < names.size(); k++) {
      int from = starts[k];
      int to = starts[k + 1];
      int[] records =
          Arrays.stream(ascendingIndices)
              .filter(index -> index >= from && index < to)
              .map(index -> index - from)
              .toArray();
      if (records.length > 0) {
        readFile(names.get(k), records, consumer);
      }
    }
  }

  private void readFile(String file, int[] records, Consumer<StoredImage> consumer) {
    files.read(
        file,
        in -> {
          readRecords(in, file, records, consumer);
          return records.length;
        });
  }

  private void readRecords(
      InputStream in, String file, int[] records, Consumer<StoredImage> consumer)
      throws IOException {
    RecordStream stream = new RecordStream(in, files.path(file), layout.recordLength());
    for (int index : records) {
      byte[] record = stream.record(index);
      int label = record[layout.labelBytes() - 1] & 0xFF;
      if (label >= layout.classes()) {
        throw new DataException(
            "record "
                + index
                + " of "
                + files.path(file)
                + " has label "
                + label
                + ", possible are 0.."
                + (layout.classes() - 1));
      }
      byte[] pixels = Arrays.copyOfRange(record, layout.labelBytes(), record.length);
      consumer.accept(new StoredImage(pixels, label, file + "#" + index));
    }
  }

  private int records(String file) {
    long length = files.length(file);
    if (length == 0 || length % layout.recordLength() != 0) {
      throw new DataException(
          files.path(file)
              + " has "
              + length
              + " bytes, not a whole number of records of "
              + layout.recordLength()
              + " bytes: it is truncated or of another format");
    }
    return Math.toIntExact(length / layout.recordLength());
  }
}
