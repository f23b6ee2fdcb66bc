// SPDX-License-Identifier: Apache-2.0
/**
 * Stored images to the floats that enter a network: decode, augment, normalise.
 *
 * <p>Doors: {@link org.bcgd.data.transform.Preprocessing} makes batches, {@link
 * org.bcgd.data.transform.ImageDecoder} tells damaged photographs. All is a pure function of bytes
 * and {@link org.bcgd.randomness.RandomKey}. OpenCV decodes and resizes photographs; raw images of
 * the network's size never load it. Imports data, data.transform.integrity, randomness, failure and
 * OpenCV.
 */
package org.bcgd.data.transform;
