// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.onednn.primitive;

import java.util.List;
import org.bcgd.engine.onednn.Arena;
import org.bcgd.engine.onednn.OneDnn;
import org.bcgd.engine.onednn.Tensor;
import org.bytedeco.dnnl.const_dnnl_op_desc_t;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;

/** A compiled operation with its arguments: nothing is allocated when it runs. */
public final class Primitive {

  /** A tensor in the role that oneDNN gives it. */
  record Argument(int role, Tensor tensor) {}

  private final dnnl_primitive primitive = new dnnl_primitive();
  private final dnnl_exec_arg_t arguments;
  private final int count;
  private final dnnl_stream stream;

  Primitive(Arena arena, dnnl_primitive_desc description, List<Argument> given) {
    OneDnn.check(dnnl.dnnl_primitive_create(primitive, description), "create a primitive");
    arena.onClose(
        () -> OneDnn.check(dnnl.dnnl_primitive_destroy(primitive), "destroy a primitive"));
    arena.work(workspace(description));
    this.count = given.size();
    this.arguments = new dnnl_exec_arg_t(count);
    arena.onClose(arguments::close);
    for (int i = 0; i < count; i++) {
      arguments.position(i).arg(given.get(i).role()).memory(given.get(i).tensor().memory());
    }
    arguments.position(0);
    this.stream = arena.stream();
  }

  /** Runs in the calling thread until done. */
  public void execute() {
    OneDnn.check(
        dnnl.dnnl_primitive_execute(primitive, stream, count, arguments), "run a primitive");
  }

  /** Copies {@code from} to {@code to}, which may differ in layout and in type of elements. */
  public static Primitive reorder(Arena arena, Tensor from, Tensor to) {
    dnnl_primitive_desc description = new dnnl_primitive_desc();
    OneDnn.check(
        dnnl.dnnl_reorder_primitive_desc_create(
            description, from.layout(), OneDnn.engine(), to.layout(), OneDnn.engine(), null),
        "describe a reorder");
    release(arena, description);
    return new Primitive(
        arena,
        description,
        List.of(new Argument(dnnl.DNNL_ARG_FROM, from), new Argument(dnnl.DNNL_ARG_TO, to)));
  }

  /**
   * @param hint the description of the forward primitive, or null for a forward one
   */
  static dnnl_primitive_desc describe(Arena arena, Pointer operation, dnnl_primitive_desc hint) {
    return describe(arena, operation, null, hint);
  }

  /**
   * @param attributes what is done with the result before it is stored, or null for nothing
   */
  static dnnl_primitive_desc describe(
      Arena arena, Pointer operation, dnnl_primitive_attr attributes, dnnl_primitive_desc hint) {
    dnnl_primitive_desc description = new dnnl_primitive_desc();
    OneDnn.check(
        dnnl.dnnl_primitive_desc_create(
            description, new const_dnnl_op_desc_t(operation), attributes, OneDnn.engine(), hint),
        "find an implementation of an operation");
    release(arena, description);
    return description;
  }

  private static long workspace(dnnl_primitive_desc description) {
    try (LongPointer size = new LongPointer(1)) {
      OneDnn.check(
          dnnl.dnnl_primitive_desc_query(
              description, dnnl.dnnl_query_memory_consumption_s64, 0, size),
          "ask an operation for its workspace");
      return size.get();
    }
  }

  /** Ends a description with an arena. */
  static void release(Arena arena, dnnl_primitive_desc description) {
    arena.onClose(
        () -> OneDnn.check(dnnl.dnnl_primitive_desc_destroy(description), "destroy a description"));
  }
}
