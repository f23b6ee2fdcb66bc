// SPDX-License-Identifier: Apache-2.0
package org.bcgd.engine.onednn;

import com.sun.jna.NativeLibrary;
import org.bcgd.failure.SettingsException;
import org.bytedeco.dnnl.dnnl_engine;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.dnnl.dnnl_version_t;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Loader;

/** The native library: loaded once for the process. */
public final class OneDnn {

  private static final String OPENMP = "libgomp.so.1";
  private static final String LIMIT = "org.bytedeco.javacpp.maxphysicalbytes";

  private OneDnn() {}

  private static final class Library {
    static final dnnl_engine ENGINE = load();

    private static dnnl_engine load() {
      // JavaCPP refuses its smallest objects once the process is four times as large as the heap.
      System.setProperty(LIMIT, System.getProperty(LIMIT, "0"));
      try {
        Loader.load(dnnl.class);
        dnnl_engine engine = new dnnl_engine();
        check(dnnl.dnnl_engine_create(engine, dnnl.dnnl_cpu, 0), "create an engine");
        return engine;
      } catch (LinkageError e) {
        throw new SettingsException(
            "the native library oneDNN cannot be loaded on this platform: "
                + e.getMessage()
                + "; choose execution.kind = dl4j",
            e);
      }
    }
  }

  /**
   * @throws SettingsException if the library cannot be loaded
   */
  public static void load() {
    engine();
  }

  /** Whether oneDNN has instructions of this CPU to multiply bfloat16 with. */
  public static boolean multipliesBfloat16() {
    engine();
    return InstructionSet.effective().compareTo(InstructionSet.AVX512_BF16) >= 0;
  }

  /** Its version and the instruction set that it uses on this CPU. */
  public static String describe() {
    engine();
    dnnl_version_t version = dnnl.dnnl_version();
    return "oneDNN %d.%d.%d with %s"
        .formatted(version.major(), version.minor(), version.patch(), InstructionSet.effective());
  }

  /** What primitives and memory are made for: the CPU. */
  public static dnnl_engine engine() {
    return Library.ENGINE;
  }

  /**
   * Makes every primitive that the calling thread creates or executes run in this thread alone. The
   * engine has threads of its own.
   */
  public static void useOneThread() {
    useThreads(1);
  }

  /** Makes primitives that the calling thread creates or executes run in {@code count} threads. */
  public static void useThreads(int count) {
    engine();
    NativeLibrary.getInstance(OPENMP)
        .getFunction("omp_set_num_threads")
        .invokeVoid(new Object[] {count});
  }

  /** A queue for the primitives of one thread; they run when they are put into it. */
  static dnnl_stream stream() {
    dnnl_stream stream = new dnnl_stream();
    check(dnnl.dnnl_stream_create(stream, engine(), dnnl.dnnl_stream_in_order), "create a stream");
    return stream;
  }

  /**
   * @param what a verb and its object, as "describe a convolution"
   * @throws SettingsException if the CPU or the precision is one that oneDNN has nothing for
   */
  public static void check(int status, String what) {
    if (status == dnnl.dnnl_unimplemented) {
      throw new SettingsException(
          "oneDNN cannot "
              + what
              + " on this CPU in the precision asked for; choose gradients in float32 or"
              + " execution.kind = dl4j");
    }
    if (status != dnnl.dnnl_success) {
      throw new IllegalStateException("oneDNN could not " + what + ": status " + status);
    }
  }
}
