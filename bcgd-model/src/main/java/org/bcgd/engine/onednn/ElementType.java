// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.onednn;

import org.bytedeco.dnnl.global.dnnl;

/** What a tensor's elements are. */
public enum ElementType {
  FLOAT32(dnnl.dnnl_f32, Float.BYTES),
  BFLOAT16(dnnl.dnnl_bf16, Short.BYTES);

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
