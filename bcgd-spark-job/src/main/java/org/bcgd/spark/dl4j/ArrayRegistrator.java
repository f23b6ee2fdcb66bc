// SPDX-License-Identifier: Apache-2.0
package org.bcgd.spark.dl4j;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import org.apache.spark.serializer.KryoRegistrator;
import org.bcgd.network.given.GivenSamples;

/**
 * Lets Spark's Kryo carry the arrays of a user's DataSets, whose values lie outside of the heap
 * where Kryo does not see them: they travel as they do by Java's serializer.
 *
 * <pre>
 *   spark.serializer        org.apache.spark.serializer.KryoSerializer
 *   spark.kryo.registrator  org.bcgd.spark.dl4j.ArrayRegistrator
 * </pre>
 */
public final class ArrayRegistrator implements KryoRegistrator {

  @Override
  public void registerClasses(Kryo kryo) {
    kryo.addDefaultSerializer(GivenSamples.arrayType(), new JavaSerializer());
  }
}
