// SPDX-License-Identifier: Apache-2.0
package org.bcgd.packed;

/**
 * What a model says of one image.
 *
 * @param index of the most probable class
 * @param label its name
 * @param probability of that class, 0..1
 * @param probabilities of all classes, [classes]; not to be changed
 */
public record Classification(int index, String label, float probability, float[] probabilities) {}
