// SPDX-License-Identifier: Apache-2.0
/**
 * Work on long arrays by all cores with results that do not depend on how many there are. Imports
 * nothing.
 */
package org.bcgd.parallel;
