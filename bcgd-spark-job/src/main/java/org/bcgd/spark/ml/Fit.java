// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.ml;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.io.FileUtils;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.bcgd.checksum.Sha256;
import org.bcgd.failure.StorageException;
import org.bcgd.packed.PackedModel;
import org.bcgd.spark.folder.Software;
import org.bcgd.spark.run.GuestRun;
import org.bcgd.spark.run.TrainingRun;
import org.bcgd.spark.settings.Settings;
import org.bcgd.spark.trained.TrainedNetwork;

/** One training on the rows of a DataFrame, from its labels to a packed model. */
final class Fit {

  private static final String UNDECIDED = "undecided";
  private static final int FEWEST_CLASSES = 2;
  private static final int FOLDER_DIGITS = 16;

  private final QuantizedImageClassifier classifier;
  private final JavaSparkContext spark;
  private final LabelColumn labels;
  private final Settings settings; // but for the run folder
  private final GivenSplits images;

  /**
   * Looks through the data.
   *
   * @throws org.bcgd.failure.UserErrorException if params, labels or images cannot be used
   */
  Fit(QuantizedImageClassifier classifier, Dataset<?> data) {
    this.classifier = classifier;
    this.spark = JavaSparkContext.fromSparkContext(data.sparkSession().sparkContext());
    int classes = classifier.settings(FEWEST_CLASSES, UNDECIDED).network().classes();
    this.labels =
        LabelColumn.of(
            data,
            classifier.getLabelCol(),
            classifier.declareClasses() ? Optional.of(classes) : Optional.empty());
    this.settings = classifier.settings(labels.classes().size(), UNDECIDED);
    this.images = GivenSplits.of(classifier, data, settings, labels);
  }

  /** Trains. */
  PackedModel model() {
    try (GuestRun guest = new GuestRun(spark)) {
      return classifier.isSet(classifier.runsFolder())
          ? model(guest, lastingFolder())
          : modelAside(guest);
    }
  }

  /** The same images and settings go on in the same folder, others have another one. */
  private String lastingFolder() {
    String training = settings.effective() + images.fingerprint();
    String name = Sha256.hex(training.getBytes(StandardCharsets.UTF_8)).substring(0, FOLDER_DIGITS);
    return classifier.getOrDefault(classifier.runsFolder()) + "/" + name;
  }

  private PackedModel modelAside(GuestRun guest) {
    try {
      Path folder = Files.createTempDirectory("bcgd-fit-");
      try {
        return model(guest, folder.toUri().toString());
      } finally {
        FileUtils.deleteDirectory(folder.toFile());
      }
    } catch (IOException e) {
      throw new StorageException(
          "The temporary folder of a training cannot be made or deleted: " + e.getMessage(), e);
    }
  }

  private PackedModel model(GuestRun guest, String folder) {
    Settings complete = classifier.settings(labels.classes().size(), folder);
    Map<String, String> software = Software.versions();
    new TrainingRun(spark, complete, images, software, guest.out(), step -> {}).execute(false);
    return TrainedNetwork.of(complete, folder, spark.hadoopConfiguration())
        .packed(labels.classes(), software);
  }
}
