// SPDX-License-Identifier: Apache-2.0
/** Digests by which contents are known. Imports nothing. */
package org.bcgd.checksum;
