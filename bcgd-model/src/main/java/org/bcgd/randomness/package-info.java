// SPDX-License-Identifier: Apache-2.0
/**
 * Randomness as a function of a key, so that a retried task, another cluster size or a resumed run
 * draws the same numbers. Doors: {@link org.bcgd.randomness.RandomKey}, {@link
 * org.bcgd.randomness.GaussianSequence}. Imports nothing.
 */
package org.bcgd.randomness;
