// SPDX-License-Identifier: Apache-2.0
/**
 * What blending is good for, on random convex quadratics: {@link
 * org.bcgd.theory.quadratic.DescentTrial} counts the steps that keep to the sufficient descent
 * inequality. Imports {@code descent}, whose update it tries, {@code parameters}, {@code
 * quantization} and {@code randomness}.
 */
package org.bcgd.theory.quadratic;
