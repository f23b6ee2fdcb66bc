// SPDX-License-Identifier: Apache-2.0
/**
 * Whether image files are whole, by their structure: {@link
 * org.bcgd.data.transform.integrity.FileIntegrity}. Knows the JDK alone, so that to look at a file
 * loads no native library of ours.
 */
package org.bcgd.data.transform.integrity;
