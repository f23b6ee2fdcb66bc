// SPDX-License-Identifier: Apache-2.0
package org.bcgd.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bcgd.checksum.Sha256;
import org.bcgd.descent.MasterState;
import org.bcgd.failure.CheckpointException;
import org.bcgd.parameters.ParameterLayout;
import org.bcgd.parameters.ParameterRole;
import org.bcgd.parameters.ParameterSlice;

/**
 * Checkpoints as bytes.
 *
 * <pre>
 *   "BCGDCKPT"                     8 bytes
 *   version                        int32, big-endian
 *   length of the header           int32, big-endian
 *   header                         UTF-8 JSON: network, parameters (name, role, shape), step, provenance
 *   weights, then momentum         float32, little-endian, in the order of the parameters
 *   SHA-256 of all before          32 bytes
 * </pre>
 */
public final class CheckpointFormat {

  private static final byte[] MAGIC = "BCGDCKPT".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION = 1;
  private static final int LONGEST_HEADER = 64 << 20;
  private static final int LARGEST_STATE = 1 << 28;
  private static final int CHUNK = 1 << 14;
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);

  private record Header(
      String network, List<Parameter> parameters, long step, Map<String, String> provenance) {}

  private record Parameter(String name, ParameterRole role, List<Integer> shape) {}

  private CheckpointFormat() {}

  /** Writes a checkpoint; the stream is flushed, not closed. */
  public static void write(Checkpoint checkpoint, OutputStream stream) throws IOException {
    MessageDigest digest = Sha256.start();
    DataOutputStream out = new DataOutputStream(new DigestOutputStream(stream, digest));
    byte[] header = JSON.writeValueAsBytes(header(checkpoint));
    out.write(MAGIC);
    out.writeInt(VERSION);
    out.writeInt(header.length);
    out.write(header);
    writeFloats(checkpoint.state().weights(), out);
    writeFloats(checkpoint.state().momentum(), out);
    out.flush();
    stream.write(digest.digest());
    stream.flush();
  }

  /**
   * Reads a checkpoint.
   *
   * @param where the file's name, for messages
   * @throws CheckpointException if the bytes are damaged, cut short or of another format
   */
  public static Checkpoint read(InputStream stream, String where) throws IOException {
    MessageDigest digest = Sha256.start();
    DataInputStream in = new DataInputStream(new DigestInputStream(stream, digest));
    try {
      requireMagic(in, where);
      Header header = readHeader(in, where);
      ParameterLayout layout = layout(header.parameters(), where);
      float[] weights = readFloats(in, layout.size());
      float[] momentum = readFloats(in, layout.size());
      byte[] expected = digest.digest();
      if (!MessageDigest.isEqual(expected, stream.readNBytes(expected.length))) {
        throw damaged(where, "its SHA-256 does not match its content");
      }
      return new Checkpoint(
          header.network(),
          layout,
          new MasterState(header.step(), weights, momentum),
          header.provenance());
    } catch (EOFException e) {
      throw damaged(where, "it ends too early");
    }
  }

  private static Header header(Checkpoint checkpoint) {
    return new Header(
        checkpoint.network(),
        checkpoint.layout().slices().stream()
            .map(slice -> new Parameter(slice.name(), slice.role(), slice.shape()))
            .toList(),
        checkpoint.state().step(),
        checkpoint.provenance());
  }

  private static void requireMagic(DataInputStream in, String where) throws IOException {
    byte[] magic = new byte[MAGIC.length];
    in.readFully(magic);
    if (!MessageDigest.isEqual(magic, MAGIC)) {
      throw damaged(where, "it is not a BCGD checkpoint");
    }
    int version = in.readInt();
    if (version != VERSION) {
      throw damaged(
          where, "its format version is " + version + ", this software reads version " + VERSION);
    }
  }

  private static Header readHeader(DataInputStream in, String where) throws IOException {
    int length = in.readInt();
    if (length < 2 || length > LONGEST_HEADER) {
      throw damaged(where, "its header claims a length of " + length + " bytes");
    }
    byte[] header = in.readNBytes(length);
    if (header.length < length) {
      throw damaged(where, "it ends within its header");
    }
    try {
      return JSON.readValue(header, Header.class);
    } catch (JsonProcessingException e) {
      throw damaged(where, "its header is not readable");
    }
  }

  private static ParameterLayout layout(List<Parameter> parameters, String where) {
    List<ParameterSlice> slices = new ArrayList<>();
    long size = 0;
    try {
      for (Parameter parameter : parameters) {
        slices.add(
            new ParameterSlice(
                parameter.name(), parameter.role(), Math.toIntExact(size), parameter.shape()));
        size += slices.get(slices.size() - 1).length();
        if (size > LARGEST_STATE) {
          throw damaged(where, "its header claims more than " + LARGEST_STATE + " values");
        }
      }
      return new ParameterLayout(slices);
    } catch (ArithmeticException | IllegalArgumentException | NullPointerException e) {
      throw damaged(where, "its list of parameters is not sound: " + e.getMessage());
    }
  }

  private static void writeFloats(float[] values, DataOutputStream out) throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int from = 0; from < values.length; from += CHUNK) {
      int count = Math.min(CHUNK, values.length - from);
      chunk.asFloatBuffer().put(values, from, count);
      out.write(chunk.array(), 0, count * Float.BYTES);
    }
  }

  private static float[] readFloats(DataInputStream in, int count) throws IOException {
    float[] values = new float[count];
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int from = 0; from < count; from += CHUNK) {
      int read = Math.min(CHUNK, count - from);
      in.readFully(chunk.array(), 0, read * Float.BYTES);
      chunk.asFloatBuffer().get(values, from, read);
    }
    return values;
  }

  private static CheckpointException damaged(String where, String reason) {
    return new CheckpointException("The checkpoint " + where + " cannot be used: " + reason + ".");
  }
}
