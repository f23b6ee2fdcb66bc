// SPDX-License-Identifier: Apache-2.0
package org.bcgd.parameters.uplink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import org.bcgd.parameters.ParameterLayout;
import org.bcgd.parameters.ParameterRole;
import org.bcgd.parameters.ParameterSlice;
import org.bcgd.randomness.RandomKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Int8EncodingTest {

  private static final RandomKey KEY = RandomKey.of(3);
  private static final int WEIGHTS = 1300; // three blocks, the last of them short
  private static final int ALL = WEIGHTS + 4;
  private static final Int8Encoding ENCODING =
      new Int8Encoding(
          new ParameterLayout(
              List.of(
                  new ParameterSlice("bn/mean", ParameterRole.RUNNING_MEAN, 0, List.of(4)),
                  new ParameterSlice("fc/W", ParameterRole.WEIGHT, 4, List.of(10, 130)))));

  @Test
  void onlyTheGradientsOfWeightsAreRounded() {
    float[] values = draw(1);
    float[] arrived = through(values, KEY);
    for (int i = 0; i < 4; i++) {
      assertThat(arrived[i]).isEqualTo(values[i]);
    }
    assertThat(arrived[4]).isNotEqualTo(values[4]);
    assertThat(ENCODING.bytes()).isEqualTo(4 * 4 + 3 * 2 + WEIGHTS);
  }

  /** The step is at most 1/63.5 of the largest magnitude of the block. */
  @Test
  void noValueMovesByAWholeStep() {
    float[] values = draw(2);
    float[] arrived = through(values, KEY);
    for (int i = 4; i < ALL; i++) {
      assertThat(arrived[i]).isCloseTo(values[i], within(largest(values, i) / 63.5f));
    }
  }

  /** One value of 1000 steps and one between: what arrives on average is what was sent. */
  @ParameterizedTest
  @CsvSource({"0.3", "-0.3", "0.001", "-77.77", "126.999", "64", "-127"})
  void roundingHasNoBias(double value) {
    int draws = 40_000;
    double sum = 0;
    double squares = 0;
    for (int n = 0; n < draws; n++) {
      float[] values = new float[ALL];
      values[4] = 127;
      values[5] = (float) value;
      double error = through(values, 5, 6, KEY.with(n))[0] - (double) values[5];
      sum += error;
      squares += error * error;
    }
    double deviation = Math.sqrt(squares / draws);
    // Four deviations of the mean: that of a coin of share f is √(f(1 − f)).
    double share = value - Math.floor(value);
    assertThat(deviation).isCloseTo(Math.sqrt(share * (1 - share)), within(0.01));
    assertThat(sum / draws).isCloseTo(0, within(4 * deviation / Math.sqrt(draws) + 1e-12));
  }

  @Test
  void neighboursAreRoundedIndependently() {
    float[] values = new float[ALL];
    values[4] = 127;
    double product = 0;
    int draws = 20_000;
    for (int n = 0; n < draws; n++) {
      values[5] = 0.5f;
      values[6] = 0.5f;
      float[] arrived = through(values, 5, 7, KEY.with(n));
      product += (arrived[0] - 0.5) * (arrived[1] - 0.5);
    }
    assertThat(product / draws).isCloseTo(0, within(4 * 0.25 / Math.sqrt(draws)));
  }

  @Test
  void partsGiveTheBitsOfTheWhole() {
    float[] values = draw(5);
    float[] whole = through(values, KEY);
    int[] cuts = {0, 3, 5, 200, 516, 517, 1200, ALL};
    for (int c = 0; c + 1 < cuts.length; c++) {
      float[] part = through(values, cuts[c], cuts[c + 1], KEY);
      for (int i = 0; i < part.length; i++) {
        assertThat(part[i]).isEqualTo(whole[cuts[c] + i]);
      }
    }
  }

  /** Whole numbers: no float sum of values of such different magnitudes would allow it. */
  @Test
  void theOrderOfShardsChangesNoBitOfWeights() {
    List<byte[]> shards = new ArrayList<>();
    for (int shard = 0; shard < 64; shard++) {
      float[] values = draw(10 + shard);
      for (int i = 0; i < ALL; i++) {
        values[i] = Math.scalb(values[i], shard % 30 - 15);
      }
      shards.add(ENCODING.encode(values, 4, ALL, KEY.with(shard)));
    }
    float[] sum = ENCODING.sum(shards, 4, ALL);
    Collections.reverse(shards);
    assertThat(ENCODING.sum(shards, 4, ALL)).containsExactly(sum);
  }

  @Test
  void theSumIsThatOfWhatArrived() {
    float[] one = draw(7);
    float[] two = draw(8);
    byte[] first = ENCODING.encode(one, 0, ALL, KEY.with(0));
    byte[] second = ENCODING.encode(two, 0, ALL, KEY.with(1));
    float[] sum = ENCODING.sum(List.of(first, second), 0, ALL);
    for (int i = 0; i < ALL; i++) {
      assertThat(sum[i]).isEqualTo(through(one, KEY.with(0))[i] + through(two, KEY.with(1))[i]);
    }
  }

  @Test
  void zerosAndTheSmallestNormalNumberArrive() {
    assertThat(through(new float[ALL], KEY)).containsOnly(0f);
    float[] tiny = new float[ALL];
    tiny[700] = Float.MIN_NORMAL;
    assertThat(through(tiny, KEY)).containsExactly(tiny);
  }

  private static float[] through(float[] values, RandomKey key) {
    return through(values, 0, ALL, key);
  }

  private static float[] through(float[] values, int from, int to, RandomKey key) {
    return ENCODING.sum(List.of(ENCODING.encode(values, from, to, key)), from, to);
  }

  private static float largest(float[] values, int i) {
    int start = 4 + (i - 4) / 512 * 512;
    float largest = 0;
    for (int k = start; k < Math.min(start + 512, ALL); k++) {
      largest = Math.max(largest, Math.abs(values[k]));
    }
    return largest;
  }

  private static float[] draw(long seed) {
    RandomGenerator random = RandomKey.of(seed).generator();
    float[] values = new float[ALL];
    for (int i = 0; i < ALL; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
