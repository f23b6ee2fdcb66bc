// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.plot;

/**
 * A chart that is drawn.
 *
 * @param png a bitmap
 * @param svg a drawing, UTF-8
 */
public record Picture(byte[] png, byte[] svg) {}
