// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.onednn.primitive;

import org.bcgd.engine.onednn.Arena;
import org.bcgd.engine.onednn.OneDnn;
import org.bytedeco.dnnl.const_dnnl_op_desc_t;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.dnnl_primitive_desc_iterator;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * Chooses among oneDNN's implementations of an operation one that takes little memory of its own.
 *
 * <p>oneDNN prefers convolutions made of small matrix products. They are up to a tenth faster, but
 * one such primitive keeps tables and generated code of up to 10 MB, all of ResNet-18 more than 40
 * MB, where those of the next implementation take a few kilobytes and are made much sooner.
 */
final class SmallPrimitives {

  private static final String MATRIX_PRODUCTS = "brgconv";

  private SmallPrimitives() {}

  /**
   * @param attributes what is done with the result before it is stored, or null for nothing
   */
  static dnnl_primitive_desc describe(
      Arena arena, Pointer operation, dnnl_primitive_attr attributes) {
    dnnl_primitive_desc_iterator all = new dnnl_primitive_desc_iterator();
    OneDnn.check(
        dnnl.dnnl_primitive_desc_iterator_create(
            all, new const_dnnl_op_desc_t(operation), attributes, OneDnn.engine(), null),
        "find an implementation of an operation");
    try {
      do {
        dnnl_primitive_desc found = dnnl.dnnl_primitive_desc_iterator_fetch(all);
        Primitive.release(arena, found);
        if (!name(found).startsWith(MATRIX_PRODUCTS)) {
          return found;
        }
      } while (dnnl.dnnl_primitive_desc_iterator_next(all) == dnnl.dnnl_success);
    } finally {
      OneDnn.check(dnnl.dnnl_primitive_desc_iterator_destroy(all), "end a search");
    }
    return Primitive.describe(arena, operation, attributes, null);
  }

  private static String name(dnnl_primitive_desc description) {
    try (PointerPointer<BytePointer> name = new PointerPointer<>(1)) {
      OneDnn.check(
          dnnl.dnnl_primitive_desc_query(description, dnnl.dnnl_query_impl_info_str, 0, name),
          "ask for the name of an implementation");
      return name.get(BytePointer.class).getString();
    }
  }
}
