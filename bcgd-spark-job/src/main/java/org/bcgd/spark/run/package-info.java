// SPDX-License-Identifier: Apache-2.0
/**
 * One run of the settings from beginning to end: {@link org.bcgd.spark.run.TrainingRun} puts it
 * together, {@link org.bcgd.spark.run.RunPlan} tells of it without starting it. What is trained,
 * and how, is {@code training}'s.
 */
package org.bcgd.spark.run;
