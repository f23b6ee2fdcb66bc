// SPDX-License-Identifier: Apache-2.0
/**
 * How the gradients of the shards become one sum on the driver: {@link
 * org.bcgd.spark.aggregation.FlatGather} for few bytes, {@link
 * org.bcgd.spark.aggregation.SlicedReduction} for many. Both add in shard order, so both give the
 * same bits. {@link org.bcgd.spark.aggregation.QuorumGather} goes on without the slowest shards and
 * gives that up.
 */
package org.bcgd.spark.aggregation;
