// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.theory;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.bcgd.randomness.RandomKey;
import org.bcgd.theory.Student;
import org.bcgd.theory.Teacher;
import org.bcgd.theory.sampling.EmpiricalDescent;
import org.bcgd.theory.sampling.SampleFunction;
import org.bcgd.theory.sampling.SampleMoments;
import org.bcgd.theory.sampling.SampledPoint;
import org.bcgd.theory.sampling.Sampler;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever computes the chunks, the sums have the same bits. */
class SparkSamplerTest {

  private static final Teacher TEACHER = Teacher.draw(3, RandomKey.of(1));
  private static final Student STUDENT = TEACHER.drawStudent(RandomKey.of(2));

  @ParameterizedTest
  @ValueSource(strings = {"local[1]", "local[2]", "local-cluster[2,1,1024]"})
  void everyMasterGivesTheBitsOfThisMachine(String master) {
    SparkConf conf =
        new SparkConf()
            .setMaster(master)
            .setAppName("sampler")
            .set("spark.executor.memory", "512m")
            .set("spark.executor.extraClassPath", System.getProperty("java.class.path"));
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      Sampler sampler = new SparkSampler(spark);
      assertSameBits(sampler, new SampledPoint(TEACHER, STUDENT, RandomKey.of(3)), 70_001);
      assertSameBits(sampler, new EmpiricalDescent(TEACHER, STUDENT, 0.5, 20, RandomKey.of(4)), 65);
    }
  }

  private static void assertSameBits(Sampler sampler, SampleFunction function, long samples) {
    SampleMoments local = Sampler.LOCAL.moments(function, samples);
    SampleMoments spark = sampler.moments(function, samples);
    assertThat(spark.count()).isEqualTo(samples);
    for (int i = 0; i < function.size(); i++) {
      assertThat(spark.mean(i)).isEqualTo(local.mean(i));
      assertThat(spark.variance(i)).isEqualTo(local.variance(i));
    }
  }
}
