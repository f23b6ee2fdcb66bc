// SPDX-License-Identifier: Apache-2.0
package org.bcgd.parameters;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.bcgd.checksum.Sha256;
import org.bcgd.quantization.QuantizedTensor;

/**
 * A {@link WeightSnapshot} as it travels from the driver to the executors: one bit a weight where
 * weights are binary.
 *
 * <pre>
 *   magic "BCGW", version, checksum of the layout                       3 x int32
 *   for each slice:   0                       then length x float32       float slice
 *                     bits, number of scales  then scales x float32, then the packed levels
 *   CRC-32C of all before                                                 int32
 * </pre>
 *
 * <p>Little-endian; levels as {@link QuantizedTensor#packed} says. {@link #unpack} gives back the
 * same bits of every value.
 */
public final class PackedSnapshot implements Serializable {

  private static final long serialVersionUID = 1;
  private static final int MAGIC = 0x57474342;
  private static final int VERSION = 2;
  private static final int FLOAT_SLICE = 0;

  private final byte[] bytes;

  private PackedSnapshot(byte[] bytes) {
    this.bytes = bytes;
  }

  public static PackedSnapshot of(WeightSnapshot snapshot) {
    ByteBuffer out = ByteBuffer.allocate(packedSize(snapshot)).order(ByteOrder.LITTLE_ENDIAN);
    ParameterLayout layout = snapshot.layout();
    out.putInt(MAGIC).putInt(VERSION).putInt(checksum(layout));
    for (int i = 0; i < layout.slices().size(); i++) {
      ParameterSlice slice = layout.slices().get(i);
      Optional<QuantizedTensor> tensor = snapshot.quantized(i);
      if (tensor.isPresent()) {
        out.putInt(tensor.get().bits()).putInt(tensor.get().scales().length);
        putFloats(out, tensor.get().scales(), 0, tensor.get().scales().length);
        out.put(tensor.get().packed());
      } else {
        out.putInt(FLOAT_SLICE);
        putFloats(out, snapshot.floats(i), 0, slice.length());
      }
    }
    out.putInt(crc(out.array(), out.position()));
    return new PackedSnapshot(out.array());
  }

  /** Number of bytes on the wire. */
  public int size() {
    return bytes.length;
  }

  /** SHA-256 of the bytes, in hexadecimal digits: equal digests, equal weights. */
  public String digest() {
    return Sha256.hex(bytes);
  }

  /**
   * The snapshot, with its values in float32.
   *
   * @throws IllegalStateException if the bytes were damaged or belong to another layout
   */
  public WeightSnapshot unpack(ParameterLayout layout) {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (in.getInt(bytes.length - Integer.BYTES) != crc(bytes, bytes.length - Integer.BYTES)) {
      throw new IllegalStateException("the weights were damaged on their way: checksum differs");
    }
    if (in.getInt() != MAGIC || in.getInt() != VERSION || in.getInt() != checksum(layout)) {
      throw new IllegalStateException("the weights received belong to another network or version");
    }
    List<Optional<QuantizedTensor>> tensors = new ArrayList<>();
    float[] floats = new float[layout.size()];
    for (ParameterSlice slice : layout.slices()) {
      int bits = in.getInt();
      if (bits == FLOAT_SLICE) {
        getFloats(in, floats, slice.offset(), slice.end());
        tensors.add(Optional.empty());
      } else {
        float[] scales = new float[in.getInt()];
        getFloats(in, scales, 0, scales.length);
        byte[] packed = new byte[QuantizedTensor.packedBytes(bits, slice.length())];
        in.get(packed);
        tensors.add(Optional.of(QuantizedTensor.ofPacked(bits, scales, packed, slice.length())));
      }
    }
    return new WeightSnapshot(layout, tensors, floats);
  }

  private static int packedSize(WeightSnapshot snapshot) {
    int size = 4 * Integer.BYTES;
    for (int i = 0; i < snapshot.layout().slices().size(); i++) {
      int length = snapshot.layout().slices().get(i).length();
      size +=
          snapshot
              .quantized(i)
              .map(
                  t ->
                      (2 + t.scales().length) * Integer.BYTES
                          + QuantizedTensor.packedBytes(t.bits(), length))
              .orElse((1 + length) * Integer.BYTES);
    }
    return size;
  }

  private static void putFloats(ByteBuffer out, float[] values, int from, int to) {
    out.asFloatBuffer().put(values, from, to - from);
    out.position(out.position() + (to - from) * Float.BYTES);
  }

  private static void getFloats(ByteBuffer in, float[] values, int from, int to) {
    in.asFloatBuffer().get(values, from, to - from);
    in.position(in.position() + (to - from) * Float.BYTES);
  }

  /** Of names, roles and shapes; without a text of them, since every step asks on both sides. */
  private static int checksum(ParameterLayout layout) {
    CRC32C crc = new CRC32C();
    for (ParameterSlice slice : layout.slices()) {
      byte[] name = slice.name().getBytes(StandardCharsets.UTF_8);
      update(crc, name.length);
      crc.update(name);
      update(crc, slice.role().ordinal());
      update(crc, slice.shape().size());
      slice.shape().forEach(extent -> update(crc, extent));
    }
    return (int) crc.getValue();
  }

  private static void update(CRC32C crc, int value) {
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      crc.update(value >>> shift);
    }
  }

  private static int crc(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
