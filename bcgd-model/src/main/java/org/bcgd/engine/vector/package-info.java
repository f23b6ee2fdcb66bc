/**
 * The engine's loops over values, in the Java Vector API: each reads and writes strips, short
 * arrays of float32 that stay in the first-level cache, so that a stage of many loops passes over
 * memory once. Every loop gives the same bits whatever the width of the vectors.
 *
 * <p>Imports the JDK only, with its module {@code jdk.incubator.vector}, which must be added when
 * Java starts. Compiled apart from the rest, since the compiler warns of the module.
 */
package org.bcgd.engine.vector;
