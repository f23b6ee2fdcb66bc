// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.serializer.KryoSerializer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** A user's arrays on a Spark whose serializer is Kryo. */
class KryoTest {

  private static final List<DataSet> SETS = Stripes.dataSets(Stripes.of(60, 1), 20);

  @Test
  void dataSetsAndMultiDataSetsTeachTheSameAsByJavasSerializer() {
    float[] expected;
    try (JavaSparkContext spark = LocalContext.of(2)) {
      expected = parameters(net(spark).fit(spark.parallelize(SETS, 2)));
    }
    try (JavaSparkContext spark = kryo(ArrayRegistrator.class.getName())) {
      List<MultiDataSet> multi = SETS.stream().map(DataSet::toMultiDataSet).toList();
      assertThat(parameters(net(spark).fit(spark.parallelize(SETS, 2)))).isEqualTo(expected);
      assertThat(parameters(net(spark).fitMultiDataSet(spark.parallelize(multi, 2))))
          .isEqualTo(expected);
    }
  }

  @Test
  void withoutTheRegistratorDeeplearning4jRefusesBeforeAnythingIsTrained() {
    try (JavaSparkContext spark = kryo("")) {
      assertThatThrownBy(() -> net(spark))
          .hasMessageContaining("Kryo serialization detected without an appropriate registrator");
    }
  }

  private static JavaSparkContext kryo(String registrator) {
    return new JavaSparkContext(
        new SparkConf()
            .setMaster("local[2]")
            .setAppName("kryo")
            .set("spark.serializer", KryoSerializer.class.getName())
            .set("spark.kryo.registrator", registrator));
  }

  private static SparkComputationGraph net(JavaSparkContext spark) {
    return new SparkComputationGraph(spark, Stripes.graph(), Stripes.master().build());
  }

  private static float[] parameters(ComputationGraph graph) {
    return graph.params().dup().data().asFloat();
  }
}
