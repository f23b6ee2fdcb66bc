// SPDX-License-Identifier: Apache-2.0
/**
 * Datasets as they are published, read into stored images.
 *
 * <p>Doors: {@link org.bcgd.data.source.DatasetFormat} opens an {@link
 * org.bcgd.data.source.ImageSource} over a {@link org.bcgd.data.source.FileTree}, which is all that
 * the readers know of the file system. Imports data and failure.
 */
package org.bcgd.data.source;
