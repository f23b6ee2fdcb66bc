// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.onednn;

import org.bytedeco.dnnl.global.dnnl;

/** What oneDNN may use of an x86 CPU; each holds those before it. */
enum InstructionSet {
  /** On another CPU, or on a very old one. */
  OTHER(0),
  SSE41(dnnl.dnnl_cpu_isa_sse41),
  AVX(dnnl.dnnl_cpu_isa_avx),
  AVX2(dnnl.dnnl_cpu_isa_avx2),
  AVX512(dnnl.dnnl_cpu_isa_avx512_core),
  AVX512_VNNI(dnnl.dnnl_cpu_isa_avx512_core_vnni),
  AVX512_BF16(dnnl.dnnl_cpu_isa_avx512_core_bf16),
  AMX(dnnl.dnnl_cpu_isa_avx512_core_amx);

  private final int bits;

  InstructionSet(int bits) {
    this.bits = bits;
  }

  /** The largest one of this CPU that oneDNN was not forbidden (ONEDNN_MAX_CPU_ISA). */
  static InstructionSet effective() {
    int effective = dnnl.dnnl_get_effective_cpu_isa();
    InstructionSet largest = OTHER;
    for (InstructionSet set : values()) {
      largest = (effective & set.bits) == set.bits ? set : largest;
    }
    return largest;
  }
}
