// SPDX-License-Identifier: Apache-2.0
/**
 * What goes wrong through no fault of the program: each kind with its exit code. The message says
 * what, where, the value and what to do; a user sees it without a stack trace. Imports nothing.
 */
package org.bcgd.failure;
