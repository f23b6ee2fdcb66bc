// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.memory;

import java.util.List;
import org.bcgd.engine.graph.Value;

/**
 * How a tensor [images, height, width, channels] is cut into strips: runs of whole pixels that fit
 * the first-level cache. Every strip begins with channel 0, so what is given by channel is laid out
 * once, over the length of a strip.
 *
 * @param channels in memory
 * @param length of a strip, a multiple of the channels
 * @param total elements of the tensor
 */
public record Strips(int channels, int length, int total) {

  private static final int TARGET = 512;

  /** Strips whose float32 sums are added up before they go into a sum in double. */
  private static final int RUN = 64;

  public static Strips of(Value value, int images) {
    int channels = Values.channels(value);
    int length = channels * Math.max(1, TARGET / channels);
    return new Strips(channels, length, Math.multiplyExact(images, value.shape().paddedSize()));
  }

  /** What is done with a strip. */
  public interface Visitor {
    void visit(int offset, int length);
  }

  /** Visits every strip; {@code pause} runs after every {@value #RUN} strips and at the end. */
  public void forEach(Visitor visitor, Runnable pause) {
    forEach(List.of(visitor), pause);
  }

  /**
   * The same with several visitors, which see a strip one after the other. Java's compiler takes
   * each by itself: all in one grow so large that it gives up on vectors and makes objects of them.
   */
  public void forEach(List<Visitor> visitors, Runnable pause) {
    int run = 0;
    for (int offset = 0; offset < total; offset += length) {
      int strip = Math.min(length, total - offset);
      for (int i = 0; i < visitors.size(); i++) {
        visitors.get(i).visit(offset, strip);
      }
      if (++run == RUN) {
        pause.run();
        run = 0;
      }
    }
    pause.run();
  }

  /** Pixels of the whole tensor. */
  public long pixels() {
    return total / channels;
  }

  /** Lays values given by channel out over a strip. */
  public void spread(float[] byChannel, float[] strip) {
    for (int i = 0; i < length; i += channels) {
      System.arraycopy(byChannel, 0, strip, i, channels);
    }
  }

  /** Adds a strip's sums to those by channel, and sets the strip to zero. */
  public void fold(float[] strip, double[] byChannel) {
    for (int i = 0; i < length; i += channels) {
      for (int c = 0; c < channels; c++) {
        byChannel[c] += strip[i + c];
        strip[i + c] = 0;
      }
    }
  }
}
