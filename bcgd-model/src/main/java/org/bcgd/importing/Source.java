// SPDX-License-Identifier: Apache-2.0
package org.bcgd.importing;

/** Where the values of a parameter come from. */
sealed interface Source {

  /** The tensor of that name. */
  record FromTensor(String name) implements Source {}

  /** The same value throughout. */
  record Constant(float value) implements Source {}
}
