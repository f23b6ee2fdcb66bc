// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.onednn;

import org.bytedeco.dnnl.global.dnnl;

/** What a tensor's elements are. */
public enum ElementType {
  FLOAT32(dnnl.dnnl_f32, Float.BYTES),
  BFLOAT16(dnnl.dnnl_bf16, Short.BYTES),
  INT32(dnnl.dnnl_s32, Integer.BYTES),
  /** For loops only: to oneDNN, which has no such type, it is another one of its size. */
  INT16(dnnl.dnnl_f16, Short.BYTES),
  INT8(dnnl.dnnl_s8, Byte.BYTES),
  UINT8(dnnl.dnnl_u8, Byte.BYTES);

  private final int code;
  private final int bytes;

  ElementType(int code, int bytes) {
    this.code = code;
    this.bytes = bytes;
  }

  int code() {
    return code;
  }

  public int bytes() {
    return bytes;
  }
}
