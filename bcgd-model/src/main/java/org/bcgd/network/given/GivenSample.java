// SPDX-License-Identifier: Apache-2.0
package org.bcgd.network.given;

import java.util.Optional;
import org.bcgd.data.StoredImage;

/**
 * One sample of a user's dataset.
 *
 * @param image its features as float32, in the encoding {@link org.bcgd.data.ImageEncoding.Floats},
 *     and its class
 * @param defect why it cannot be trained on; its bytes are then of no meaning
 */
public record GivenSample(StoredImage image, Optional<String> defect) {}
