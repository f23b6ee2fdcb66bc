// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.memory;

/**
 * What a run takes, in bytes.
 *
 * @param taskNative outside of the heap, for one task: weights, activations, gradients and
 *     workspace of its network, and of a teacher's, for every size of batch that it meets
 * @param startNative outside of the heap, once in one executor before the first step: what takes
 *     the first minibatch through the network to start parameters from it; 0 if nothing does
 * @param taskHeap in the heap, for one task: weights, gradient, and the images of a batch
 * @param images in the heap of all executors together, as long as it has room: the dataset; 0 if
 *     its size is not known
 * @param driverHeap float weights, momentum and gradient sums on the driver, and what reaches it
 */
public record MemoryNeeds(
    long taskNative, long startNative, long taskHeap, long images, long driverHeap) {}
