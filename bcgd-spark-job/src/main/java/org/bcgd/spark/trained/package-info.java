// SPDX-License-Identifier: Apache-2.0
/**
 * Networks that runs have trained, taken from their checkpoints: to be judged, deployed or learnt
 * from.
 */
package org.bcgd.spark.trained;
