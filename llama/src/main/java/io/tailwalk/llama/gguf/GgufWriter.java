package io.tailwalk.llama.gguf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes GGUF version 3: entries and tensors in the order in which they were added. Tensors are
 * streamed, so that a model never has to fit into memory.
 */
public final class GgufWriter {
  private static final int ALIGNMENT = 32;
  private static final int UINT32 = 4;
  private static final int INT32 = 5;
  private static final int FLOAT32 = 6;
  private static final int BOOL = 7;
  private static final int STRING = 8;
  private static final int ARRAY = 9;

  /** The bytes of a tensor, row by row, in little-endian order. */
  @FunctionalInterface
  public interface Content {
    /**
     * Writes all bytes.
     *
     * @param out the destination; closed by the caller
     * @throws IOException if the destination cannot be written
     */
    void writeTo(WritableByteChannel out) throws IOException;
  }

  private record Tensor(
      String name, List<Long> extents, TensorType type, long bytes, Content content) {}

  private final Map<String, byte[]> entries = new LinkedHashMap<>();
  private final List<Tensor> tensors = new ArrayList<>();

  /** Creates a writer of an empty file. */
  public GgufWriter() {}

  /** Adds a text. */
  public void text(String key, String value) {
    entry(key, STRING, string(value));
  }

  /** Adds a whole number, read as unsigned. */
  public void uint32(String key, int value) {
    entry(key, UINT32, int32(value));
  }

  /** Adds a number, rounded to single precision. */
  public void float32(String key, double value) {
    entry(key, FLOAT32, int32(Float.floatToRawIntBits((float) value)));
  }

  /** Adds true or false. */
  public void flag(String key, boolean value) {
    entry(key, BOOL, new byte[] {(byte) (value ? 1 : 0)});
  }

  /** Adds a list of texts. */
  public void texts(String key, List<String> values) {
    var out = array(STRING, values.size());
    values.forEach(value -> out.writeBytes(string(value)));
    entry(key, ARRAY, out.toByteArray());
  }

  /** Adds a list of numbers in single precision. */
  public void floats(String key, float[] values) {
    var out = array(FLOAT32, values.length);
    for (float value : values) {
      out.writeBytes(int32(Float.floatToRawIntBits(value)));
    }
    entry(key, ARRAY, out.toByteArray());
  }

  /** Adds a list of whole numbers. */
  public void ints(String key, int[] values) {
    var out = array(INT32, values.length);
    for (int value : values) {
      out.writeBytes(int32(value));
    }
    entry(key, ARRAY, out.toByteArray());
  }

  /**
   * Adds a tensor.
   *
   * @param shape rows and columns, or one length; the last extent is a multiple of the type's block
   * @param content writes exactly the bytes of this shape in this type
   */
  public void tensor(String name, List<Integer> shape, TensorType type, Content content) {
    long columns = shape.getLast();
    if (columns % type.blockElements() != 0) {
      throw new IllegalArgumentException(
          "%s has rows of %d numbers, no multiple of %d, for %s"
              .formatted(name, columns, type.blockElements(), type));
    }
    long rows = 1;
    for (int extent : shape.subList(0, shape.size() - 1)) {
      rows = Math.multiplyExact(rows, (long) extent);
    }
    List<Long> extents = shape.reversed().stream().map(Integer::longValue).toList();
    tensors.add(new Tensor(name, extents, type, type.bytes(columns, rows), content));
  }

  /**
   * Writes the complete file at the channel's position, which must be 0.
   *
   * @throws IOException if the channel cannot be written
   * @throws IllegalStateException if the content of a tensor has another number of bytes
   */
  public void writeTo(FileChannel out) throws IOException {
    writeAll(out, ByteBuffer.wrap(header()));
    for (Tensor tensor : tensors) {
      long at = out.position();
      writeAll(out, ByteBuffer.allocate((int) (aligned(at) - at)));
      long start = out.position();
      tensor.content.writeTo(out);
      if (out.position() - start != tensor.bytes) {
        throw new IllegalStateException(
            "%s has %d bytes, not %d".formatted(tensor.name, out.position() - start, tensor.bytes));
      }
    }
  }

  /**
   * Writes all bytes that remain in a buffer.
   *
   * @throws IOException if the channel cannot be written
   */
  public static void writeAll(WritableByteChannel out, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      out.write(bytes);
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
      offset = aligned(offset + tensor.bytes);
    }
    return out.toByteArray();
  }

  private static long aligned(long at) {
    return Math.ceilDiv(at, ALIGNMENT) * (long) ALIGNMENT;
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
