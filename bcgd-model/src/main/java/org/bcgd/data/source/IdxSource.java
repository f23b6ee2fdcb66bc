// SPDX-License-Identifier: Apache-2.0
package org.bcgd.data.source;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.bcgd.data.ImageEncoding;
import org.bcgd.data.ImageShape;
import org.bcgd.data.StoredImage;
import org.bcgd.failure.DataException;

/**
 * Greyscale images in the IDX layout of MNIST and its family, plain or gzipped.
 *
 * <pre>
 *   images: int 0x00000803, int N, int H, int W, bytes [N, H, W]
 *   labels: int 0x00000801, int N, bytes [N]
 * </pre>
 *
 * Files are found by the end of their names, so that "emnist-letters-train-images-idx3-ubyte.gz"
 * serves as well as "train-images-idx3-ubyte" (EMNIST holds its images transposed; they stay so).
 * There are as many classes as the largest training label asks for; class-names.txt, a line for
 * each, may name them.
 *
 * @see <a href="https://doi.org/10.1109/5.726791">LeCun et al. 1998</a>, MNIST
 */
final class IdxSource implements ImageSource {

  private static final long serialVersionUID = 1;
  private static final int IMAGES = 0x803;
  private static final int LABELS = 0x801;
  private static final int HEADER = 16;
  private static final int MAX_SIDE = 1 << 12;

  private final DatasetFiles files;
  private final String imageFile;
  private final ImageShape shape;
  private final byte[] labels; // [N], unsigned
  private final List<String> classNames;

  IdxSource(FileTree tree, Split split) {
    this.files = new DatasetFiles(tree);
    String prefix = split == Split.TRAINING ? "train" : testPrefix();
    String labelFile = find(prefix + "-labels-idx1-ubyte");
    this.imageFile = find(prefix + "-images-idx3-ubyte");
    this.labels = files.read(labelFile, in -> labels(in, labelFile));
    this.shape = files.read(imageFile, this::shape);
    this.classNames = files.classNames("class-names.txt", classes());
    checkLabels(labelFile);
  }

  @Override
  public int size() {
    return labels.length;
  }

  @Override
  public List<String> classNames() {
    return classNames;
  }

  @Override
  public ImageEncoding encoding() {
    return new ImageEncoding.Raw(shape);
  }

  @Override
  public void read(int[] ascendingIndices, Consumer<StoredImage> consumer) {
    files.read(
        imageFile,
        in -> {
          in.skipNBytes(HEADER);
          RecordStream stream = new RecordStream(in, files.path(imageFile), shape.size());
          for (int index : ascendingIndices) {
            byte[] pixels = stream.record(index);
            consumer.accept(new StoredImage(pixels, labels[index] & 0xFF, imageFile + "#" + index));
          }
          return ascendingIndices.length;
        });
  }

  /** MNIST calls its test files t10k, EMNIST calls them test. */
  private String testPrefix() {
    boolean emnist = files.list("").stream().anyMatch(name -> name.contains("test-images-idx3"));
    return emnist ? "test" : "t10k";
  }

  private String find(String suffix) {
    List<String> found =
        files.list("").stream()
            .filter(name -> name.endsWith(suffix) || name.endsWith(suffix + ".gz"))
            .toList();
    if (found.isEmpty()) {
      throw new DataException(
          "no file " + suffix + " or " + suffix + ".gz in " + files.tree().describe());
    }
    if (found.size() > 1) {
      throw new DataException(
          "which one is meant of " + found + " in " + files.tree().describe() + "? Keep one");
    }
    return found.get(0);
  }

  private byte[] labels(InputStream in, String file) throws IOException {
    int count = header(in, file, LABELS, 1)[0];
    byte[] values = in.readNBytes(count);
    if (values.length < count) {
      throw new DataException(
          files.path(file) + " is truncated: " + values.length + " labels of " + count);
    }
    return values;
  }

  private ImageShape shape(InputStream in) throws IOException {
    int[] sizes = header(in, imageFile, IMAGES, 3);
    if (sizes[0] != labels.length) {
      throw new DataException(
          files.path(imageFile) + " has " + sizes[0] + " images for " + labels.length + " labels");
    }
    if (sizes[1] < 1 || sizes[1] > MAX_SIDE || sizes[2] < 1 || sizes[2] > MAX_SIDE) {
      throw new DataException(
          files.path(imageFile) + " has images of " + sizes[1] + " x " + sizes[2] + " pixels");
    }
    return new ImageShape(1, sizes[1], sizes[2]);
  }

  private int[] header(InputStream in, String file, int magic, int sizes) throws IOException {
    DataInputStream data = new DataInputStream(in);
    try {
      int found = data.readInt();
      if (found != magic) {
        throw new DataException(
            String.format(
                "%s starts with 0x%08x, an IDX file of this kind with 0x%08x",
                files.path(file), found, magic));
      }
      int[] values = new int[sizes];
      for (int i = 0; i < sizes; i++) {
        values[i] = data.readInt();
      }
      if (values[0] < 1) {
        throw new DataException(files.path(file) + " says it has " + values[0] + " images");
      }
      return values;
    } catch (EOFException e) {
      throw new DataException(files.path(file) + " is truncated in its header", e);
    }
  }

  private int classes() {
    String trainingLabels = find("train-labels-idx1-ubyte");
    return 1 + max(files.read(trainingLabels, in -> labels(in, trainingLabels)));
  }

  private void checkLabels(String labelFile) {
    for (int i = 0; i < labels.length; i++) {
      if ((labels[i] & 0xFF) >= classNames.size()) {
        throw new DataException(
            "record "
                + i
                + " of "
                + files.path(labelFile)
                + " has label "
                + (labels[i] & 0xFF)
                + ", the training labels are 0.."
                + (classNames.size() - 1));
      }
    }
  }

  private static int max(byte[] labels) {
    return IntStream.range(0, labels.length).map(i -> labels[i] & 0xFF).max().orElse(0);
  }
}
