// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.ml;

import static org.apache.spark.sql.functions.col;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.classification.ProbabilisticClassificationModel;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.bcgd.packed.PackedFormat;
import org.bcgd.packed.PackedModel;
import org.bcgd.spark.prediction.ModelBroadcast;
import scala.Tuple3;

/**
 * A trained network of few bits as a stage of Spark ML. It is broadcast once, as a packed model,
 * and each executor's JVM makes one {@link org.bcgd.packed.QuantizedModel} of it that all tasks
 * share.
 *
 * <p>{@link #transform} adds logits, probabilities and the predicted label, some rows at a time.
 * What becomes of rows whose image is null or cannot be read, {@code handleInvalid} says.
 */
public final class QuantizedImageClassificationModel
    extends ProbabilisticClassificationModel<Object, QuantizedImageClassificationModel>
    implements DefaultParamsWritable {

  private static final long serialVersionUID = 1;

  private String uid; // set while the superclass is constructed, hence without a value here

  private final Param<String> handleInvalid = InvalidRows.param(this);
  private ModelBroadcast packed = new ModelBroadcast(new byte[0]);
  private transient PackedModel model; // read from packed when it is asked for
  private transient Sent sent;

  private record Sent(SparkContext to, Broadcast<ModelBroadcast> model) {}

  /** A model that {@link #load} fills; without a network. */
  public QuantizedImageClassificationModel(String uid) {
    this(UidInWaiting.leave(uid));
  }

  /** A packed model as a stage, such as one that the verb {@code export} wrote. */
  public QuantizedImageClassificationModel(String uid, PackedModel model) {
    this(uid);
    pack(PackedFormat.bytes(model));
  }

  private QuantizedImageClassificationModel(UidInWaiting waiting) {
    setDefault(featuresCol(), ImageColumn.DEFAULT_NAME);
    setDefault(handleInvalid, InvalidRows.ERROR.value());
  }

  /** Takes the bytes of a packed model. */
  void pack(byte[] bytes) {
    this.packed = new ModelBroadcast(bytes);
  }

  /** The bytes of the packed model; not to be changed. */
  byte[] packed() {
    return packed.bytes();
  }

  @Override
  public String uid() {
    if (uid == null) {
      uid = UidInWaiting.take();
    }
    return uid;
  }

  public Param<String> handleInvalid() {
    return handleInvalid;
  }

  public QuantizedImageClassificationModel setHandleInvalid(String value) {
    return (QuantizedImageClassificationModel) set(handleInvalid, value);
  }

  /** What classifies: network, labels, preprocessing, provenance. */
  public synchronized PackedModel model() {
    if (model == null) {
      model = PackedFormat.read(packed(), uid());
    }
    return model;
  }

  /** Names of the classes, by label. */
  public List<String> labels() {
    return model().labels();
  }

  @Override
  public int numClasses() {
    return labels().size();
  }

  /** The logits of one image: a struct of Spark's source image, or the bytes of a file. */
  @Override
  public Vector predictRaw(Object image) {
    return packed.use(held -> new DenseVector(Scoring.logits(held, image)));
  }

  @Override
  public Vector raw2probabilityInPlace(Vector logits) {
    Probabilities.softmax(((DenseVector) logits).values());
    return logits;
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    StructType schema = transformSchema(dataset.schema(), true);
    Map<String, Scoring.Answer> outputs = outputs();
    StructType result = dataset.schema();
    for (String name : outputs.keySet()) {
      result = result.add(name, schema.apply(name).dataType(), true, schema.apply(name).metadata());
    }
    Scoring scoring =
        new Scoring(
            broadcast(dataset),
            dataset.schema().fieldIndex(getFeaturesCol()),
            List.copyOf(outputs.values()),
            thresholdsOrNone(),
            InvalidRows.named(getOrDefault(handleInvalid)));
    return dataset
        .toDF()
        .mapPartitions(scoring, Encoders.row(result))
        .select(
            Stream.of(result.fields())
                .map(QuantizedImageClassificationModel::described)
                .toArray(Column[]::new));
  }

  /** A column with its metadata, which tasks on rows do not pass on. */
  private static Column described(StructField field) {
    return col("`" + field.name().replace("`", "``") + "`").as(field.name(), field.metadata());
  }

  /** Columns that are added, and what each holds. */
  private Map<String, Scoring.Answer> outputs() {
    Map<String, Scoring.Answer> outputs = new TreeMap<>();
    outputs.put(getRawPredictionCol(), Scoring.Answer.LOGITS);
    outputs.put(getProbabilityCol(), Scoring.Answer.PROBABILITIES);
    outputs.put(getPredictionCol(), Scoring.Answer.PREDICTION);
    outputs.remove("");
    return outputs;
  }

  private double[] thresholdsOrNone() {
    if (!isDefined(thresholds())) {
      return new double[0];
    }
    double[] thresholds = getThresholds();
    if (thresholds.length != numClasses()) {
      throw new IllegalArgumentException(
          thresholds.length + " thresholds for " + numClasses() + " classes");
    }
    return thresholds;
  }

  private synchronized Broadcast<ModelBroadcast> broadcast(Dataset<?> dataset) {
    SparkContext spark = dataset.sparkSession().sparkContext();
    if (sent == null || sent.to != spark) {
      sent = new Sent(spark, JavaSparkContext.fromSparkContext(spark).broadcast(packed));
    }
    return sent.model;
  }

  @Override
  public StructType validateAndTransformSchema(
      StructType schema, boolean fitting, DataType featuresDataType) {
    ImageColumn.require(schema, getFeaturesCol());
    return super.validateAndTransformSchema(
        schema, fitting, schema.apply(getFeaturesCol()).dataType());
  }

  /** Of Spark's summaries, which this model has none of. Java sees two of them inherited. */
  @Override
  @SuppressWarnings({"rawtypes", "unchecked"})
  public Tuple3 findSummaryModel() {
    return new Tuple3<>(this, getProbabilityCol(), getPredictionCol());
  }

  @Override
  public QuantizedImageClassificationModel copy(ParamMap extra) {
    QuantizedImageClassificationModel copy = new QuantizedImageClassificationModel(uid());
    copy.packed = packed;
    copyValues(copy, extra);
    return copy.setParent(parent());
  }

  @Override
  public MLWriter write() {
    return new ModelWriter(this);
  }

  /** Writes params alone. */
  MLWriter writeParams() {
    return DefaultParamsWritable.super.write();
  }

  public static MLReader<QuantizedImageClassificationModel> read() {
    return new ModelReader();
  }

  /**
   * The model that {@code write().save(path)} left.
   *
   * @throws org.bcgd.failure.DataException if its file is damaged
   */
  public static QuantizedImageClassificationModel load(String path) {
    return read().load(path);
  }

  @Override
  public String toString() {
    return "QuantizedImageClassificationModel: uid=%s, network=%s, numClasses=%d"
        .formatted(uid(), model().name(), numClasses());
  }
}
