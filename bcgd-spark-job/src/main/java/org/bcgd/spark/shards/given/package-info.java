// SPDX-License-Identifier: Apache-2.0
/**
 * Images that a program hands over, such as the rows of a DataFrame, as logical shards. Which image
 * lies in which shard follows from the images and the seed alone: {@link
 * org.bcgd.spark.shards.given.ImageCensus} numbers them by what they are, not by where they lie.
 *
 * <p>Imports {@code shards}.
 */
package org.bcgd.spark.shards.given;
