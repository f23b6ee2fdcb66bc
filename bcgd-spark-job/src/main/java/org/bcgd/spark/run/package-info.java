// SPDX-License-Identifier: Apache-2.0
/**
 * One run of the settings from beginning to end: {@link org.bcgd.spark.run.TrainingRun} puts it
 * together, {@link org.bcgd.spark.run.RunPlan} tells of it without starting it, {@link
 * org.bcgd.spark.run.GuestRun} is for programs that train among other things. What is trained, and
 * how, is {@code training}'s.
 *
 * <p>Imports all that a training is made of, and neither {@code cli} nor {@code ml} nor {@code
 * dl4j}.
 */
package org.bcgd.spark.run;
