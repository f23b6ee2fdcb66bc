// SPDX-License-Identifier: Apache-2.0
/**
 * Images on their way to the network: how they are stored, dealt to shards and drawn for a step.
 *
 * <p>Doors: {@link org.bcgd.data.ImageShard} (random access to stored images), {@link
 * org.bcgd.data.ShardAssignment} and {@link org.bcgd.data.MinibatchSchedule} (who sees what when),
 * {@link org.bcgd.data.Batch} (what a network takes). Where images come from is {@code source}, how
 * they become numbers is {@code transform}. Imports randomness and failure.
 */
package org.bcgd.data;
