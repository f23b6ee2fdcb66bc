// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.deployment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/**
 * How well one form of a network classifies the images of evaluation.
 *
 * @param form float, training, or the word of a format
 * @param topOne share of hits; absent where the form could not be judged
 * @param remark which network this is, or why it was not judged
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Accuracy(
    @JsonProperty("form") String form,
    @JsonProperty("topOne") Optional<Double> topOne,
    @JsonProperty("remark") String remark) {

  static Accuracy of(String form, double topOne, String remark) {
    return new Accuracy(form, Optional.of(topOne), remark);
  }

  static Accuracy unknown(String form, String why) {
    return new Accuracy(form, Optional.empty(), why);
  }
}
