package io.tailwalk.llama.tiny;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A GGUF file in parts that can be changed at will: entries of any type, tensors of any kind. */
public final class RawGguf {
  private static final int ALIGNMENT = 32;

  /** A value with its type number. */
  @SuppressWarnings("ArrayRecordComponent")
  public record Value(int type, byte[] bytes) {
    public static Value text(String text) {
      return new Value(8, string(text.getBytes(StandardCharsets.UTF_8)));
    }

    public static Value text(byte[] text) {
      return new Value(8, string(text));
    }

    public static Value number(int type, double number) {
      ByteBuffer buffer = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
      switch (type) {
        case 0, 1, 7 -> buffer.put((byte) (long) number);
        case 2, 3 -> buffer.putShort((short) (long) number);
        case 4, 5 -> buffer.putInt((int) (long) number);
        case 6 -> buffer.putFloat((float) number);
        case 10, 11 -> buffer.putLong((long) number);
        case 12 -> buffer.putDouble(number);
        default -> throw new IllegalArgumentException("not the type of a number: " + type);
      }
      byte[] bytes = new byte[buffer.position()];
      buffer.get(0, bytes);
      return new Value(type, bytes);
    }

    /** An array that repeats one value. */
    public static Value array(Value element, int length) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.writeBytes(int32(element.type));
      out.writeBytes(int64(length));
      for (int i = 0; i < length; i++) {
        out.writeBytes(element.bytes);
      }
      return new Value(9, out.toByteArray());
    }

    /** An array of different values of one type. */
    public static Value array(List<Value> elements) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.writeBytes(int32(elements.getFirst().type));
      out.writeBytes(int64(elements.size()));
      elements.forEach(element -> out.writeBytes(element.bytes));
      return new Value(9, out.toByteArray());
    }
  }

  /**
   * A tensor.
   *
   * @param offset the offset in the header; -1 for the true one
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Tensor(String name, long[] extents, int type, byte[] data, long offset) {
    public Tensor withType(int other, int bytes) {
      return new Tensor(name, extents, other, java.util.Arrays.copyOf(data, bytes), offset);
    }

    public Tensor withExtents(long... others) {
      long count = java.util.Arrays.stream(others).reduce(1, (a, b) -> a * b);
      boolean fits = count >= 0 && count < 1 << 20;
      return new Tensor(
          name, others, type, java.util.Arrays.copyOf(data, fits ? (int) count * 4 : 0), offset);
    }

    public Tensor withOffset(long other) {
      return new Tensor(name, extents, type, data, other);
    }
  }

  public final Map<String, Value> entries = new LinkedHashMap<>();
  public final List<Tensor> tensors = new ArrayList<>();

  /** A copy that shares only values. */
  public RawGguf copy() {
    RawGguf copy = new RawGguf();
    copy.entries.putAll(entries);
    copy.tensors.addAll(tensors);
    return copy;
  }

  public byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("GGUF".getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(int32(3));
    out.writeBytes(int64(tensors.size()));
    out.writeBytes(int64(entries.size()));
    entries.forEach((key, value) -> {
      out.writeBytes(string(key.getBytes(StandardCharsets.UTF_8)));
      out.writeBytes(int32(value.type));
      out.writeBytes(value.bytes);
    });
    long offset = 0;
    for (Tensor tensor : tensors) {
      out.writeBytes(string(tensor.name.getBytes(StandardCharsets.UTF_8)));
      out.writeBytes(int32(tensor.extents.length));
      for (long extent : tensor.extents) {
        out.writeBytes(int64(extent));
      }
      out.writeBytes(int32(tensor.type));
      out.writeBytes(int64(tensor.offset < 0 ? offset : tensor.offset));
      offset += Math.ceilDiv((long) tensor.data.length, ALIGNMENT) * ALIGNMENT;
    }
    for (Tensor tensor : tensors) {
      pad(out);
      out.writeBytes(tensor.data);
    }
    pad(out);
    return out.toByteArray();
  }

  private static void pad(ByteArrayOutputStream out) {
    while (out.size() % ALIGNMENT != 0) {
      out.write(0);
    }
  }

  private static byte[] string(byte[] bytes) {
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
