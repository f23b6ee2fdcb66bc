// SPDX-License-Identifier: Apache-2.0
package org.bcgd.data;

/**
 * One image as its dataset holds it.
 *
 * @param bytes in the encoding of its source
 * @param label 0..classes−1
 * @param name where it came from, for messages: "data_batch_1.bin#17" or "n01440764/x.JPEG"
 */
public record StoredImage(byte[] bytes, int label, String name) {}
