// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.inference;

/** One operation of a plan on the images that it holds. */
interface InferenceStep {

  void run();
}
