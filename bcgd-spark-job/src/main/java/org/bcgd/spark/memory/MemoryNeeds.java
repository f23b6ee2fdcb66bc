// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.memory;

/**
 * What a run takes, in bytes.
 *
 * @param taskNative outside of the heap, for one task: weights, activations, gradients and
 *     workspace of its network, for every size of batch that it meets
 * @param taskHeap in the heap, for one task: weights, gradient, and the images of a batch
 * @param driverHeap float weights, momentum and gradient sums on the driver, and what reaches it
 */
public record MemoryNeeds(long taskNative, long taskHeap, long driverHeap) {}
