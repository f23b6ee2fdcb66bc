// SPDX-License-Identifier: Apache-2.0
/**
 * What a user of Deeplearning4j has already, as plain values: {@link
 * org.bcgd.network.given.GivenGraph}, a graph with parameters, and {@link
 * org.bcgd.network.given.GivenSamples}, what is in a DataSet or MultiDataSet.
 *
 * <p>Imports {@code network.layer}, {@code checksum}, {@code parameters}, {@code data}, {@code
 * failure} and Deeplearning4j.
 */
package org.bcgd.network.given;
