package io.tailwalk.train.gguf;

import io.tailwalk.records.AtomicFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes GGUF version 3: entries and tensors in the order they were added. */
final class GgufWriter {
  private static final int ALIGNMENT = 32;
  private static final int CHUNK = 1 << 18;
  private static final int UINT32 = 4;
  private static final int INT32 = 5;
  private static final int FLOAT32 = 6;
  private static final int BOOL = 7;
  private static final int STRING = 8;
  private static final int ARRAY = 9;

  /** A part of an array of values; the first extent varies fastest. */
  @SuppressWarnings("ArrayRecordComponent") // a view that is never compared
  private record Tensor(
      String name, List<Integer> extents, float[] values, int from, int size, GgufNumbers type) {
    long bytes() {
      return (long) size * type.bytes();
    }
  }

  private final Map<String, byte[]> entries = new LinkedHashMap<>();
  private final List<Tensor> tensors = new ArrayList<>();

  void text(String key, String value) {
    entry(key, STRING, string(value));
  }

  void uint32(String key, int value) {
    entry(key, UINT32, int32(value));
  }

  void float32(String key, double value) {
    entry(key, FLOAT32, int32(Float.floatToRawIntBits((float) value)));
  }

  void flag(String key, boolean value) {
    entry(key, BOOL, new byte[] {(byte) (value ? 1 : 0)});
  }

  void texts(String key, List<String> values) {
    var out = array(STRING, values.size());
    values.forEach(value -> out.writeBytes(string(value)));
    entry(key, ARRAY, out.toByteArray());
  }

  void floats(String key, float[] values) {
    var out = array(FLOAT32, values.length);
    for (float value : values) {
      out.writeBytes(int32(Float.floatToRawIntBits(value)));
    }
    entry(key, ARRAY, out.toByteArray());
  }

  void ints(String key, int[] values) {
    var out = array(INT32, values.length);
    for (int value : values) {
      out.writeBytes(int32(value));
    }
    entry(key, ARRAY, out.toByteArray());
  }

  /**
   * Adds a tensor.
   *
   * @param shape rows and columns, or one length
   * @param values array that contains the values, row-major
   * @param from its first value there
   */
  void tensor(String name, List<Integer> shape, float[] values, int from, GgufNumbers type) {
    int size = shape.stream().reduce(1, Math::multiplyExact);
    tensors.add(new Tensor(name, shape.reversed(), values, from, size, type));
  }

  /** Writes the file completely or not at all. */
  void write(Path file) {
    AtomicFiles.writeBytes(file, this::writeTo);
  }

  private void writeTo(FileChannel out) throws IOException {
    long at = writeAll(out, ByteBuffer.wrap(header()));
    ByteBuffer chunk = ByteBuffer.allocate(4 * CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    for (Tensor tensor : tensors) {
      at += writeAll(out, ByteBuffer.allocate((int) (aligned(at) - at)));
      for (int done = 0; done < tensor.size; done += CHUNK) {
        chunk.clear();
        fill(chunk, tensor, done, Math.min(CHUNK, tensor.size - done));
        at += writeAll(out, chunk.flip());
      }
    }
  }

  private static void fill(ByteBuffer chunk, Tensor tensor, int done, int count) {
    for (int i = tensor.from + done; i < tensor.from + done + count; i++) {
      if (tensor.type == GgufNumbers.F16) {
        chunk.putShort(Float.floatToFloat16(tensor.values[i]));
      } else {
        chunk.putFloat(tensor.values[i]);
      }
    }
  }

  private byte[] header() {
    var out = new ByteArrayOutputStream();
    out.writeBytes("GGUF".getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(int32(3));
    out.writeBytes(int64(tensors.size()));
    out.writeBytes(int64(entries.size()));
    entries.values().forEach(out::writeBytes);
    long offset = 0;
    for (Tensor tensor : tensors) {
      out.writeBytes(string(tensor.name));
      out.writeBytes(int32(tensor.extents.size()));
      tensor.extents.forEach(extent -> out.writeBytes(int64(extent)));
      out.writeBytes(int32(tensor.type.id()));
      out.writeBytes(int64(offset));
      offset = aligned(offset + tensor.bytes());
    }
    return out.toByteArray();
  }

  private static long aligned(long at) {
    return Math.ceilDiv(at, ALIGNMENT) * (long) ALIGNMENT;
  }

  private static long writeAll(FileChannel out, ByteBuffer bytes) throws IOException {
    long length = bytes.remaining();
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
    return length;
  }

  private static ByteArrayOutputStream array(int type, int length) {
    var out = new ByteArrayOutputStream();
    out.writeBytes(int32(type));
    out.writeBytes(int64(length));
    return out;
  }

  private void entry(String key, int type, byte[] value) {
    var out = new ByteArrayOutputStream();
    out.writeBytes(string(key));
    out.writeBytes(int32(type));
    out.writeBytes(value);
    entries.put(key, out.toByteArray());
  }

  private static byte[] string(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + bytes.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(bytes.length)
        .put(bytes)
        .array();
  }

  private static byte[] int32(int value) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }

  private static byte[] int64(long value) {
    return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
  }
}
