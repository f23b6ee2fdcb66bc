// SPDX-License-Identifier: Apache-2.0
/** How values that Spark's serializers may not know cross its wire. Imports nothing of ours. */
package org.bcgd.spark.wire;
