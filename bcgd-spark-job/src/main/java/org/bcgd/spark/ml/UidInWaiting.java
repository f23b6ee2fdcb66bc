// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.ml;

import org.apache.spark.ml.util.Identifiable$;

/**
 * The uid of a stage whose superclass is being constructed. Spark's classes give each param the uid
 * of its stage while they are constructed, before a Java subclass has set any field of its own. So
 * the constructor leaves the uid here, and the stage takes it when it is first asked.
 */
final class UidInWaiting {

  private static final ThreadLocal<String> WAITING = new ThreadLocal<>();

  private UidInWaiting() {}

  /** To be called before the superclass is constructed. */
  static UidInWaiting leave(String uid) {
    WAITING.set(uid);
    return new UidInWaiting();
  }

  /** The uid that was left. */
  static String take() {
    String uid = WAITING.get();
    WAITING.remove();
    return uid;
  }

  /** A new uid. */
  static String random(String prefix) {
    return Identifiable$.MODULE$.randomUID(prefix);
  }
}
