package io.tailwalk.llama.tiny;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes GGUF version 3 with F32 tensors. */
public final class GgufWriter {
  private static final int ALIGNMENT = 32;

  @SuppressWarnings("ArrayRecordComponent")
  private record Tensor(String name, long[] extents, float[] values) {}

  private final Map<String, byte[]> entries = new LinkedHashMap<>();
  private final List<Tensor> tensors = new ArrayList<>();

  public GgufWriter text(String key, String value) {
    return entry(key, 8, string(value));
  }

  public GgufWriter uint32(String key, int value) {
    return entry(key, 4, int32(value));
  }

  public GgufWriter float32(String key, float value) {
    return entry(key, 6, int32(Float.floatToRawIntBits(value)));
  }

  public GgufWriter flag(String key, boolean value) {
    return entry(key, 7, new byte[] {(byte) (value ? 1 : 0)});
  }

  public GgufWriter texts(String key, List<String> values) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(int32(8));
    out.writeBytes(int64(values.size()));
    values.forEach(value -> out.writeBytes(string(value)));
    return entry(key, 9, out.toByteArray());
  }

  public GgufWriter floats(String key, float[] values) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(int32(6));
    out.writeBytes(int64(values.length));
    for (float value : values) {
      out.writeBytes(int32(Float.floatToRawIntBits(value)));
    }
    return entry(key, 9, out.toByteArray());
  }

  public GgufWriter ints(String key, int[] values) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(int32(5));
    out.writeBytes(int64(values.length));
    for (int value : values) {
      out.writeBytes(int32(value));
    }
    return entry(key, 9, out.toByteArray());
  }

  /** A tensor; the first extent varies fastest. */
  public GgufWriter tensor(String name, float[] values, long... extents) {
    tensors.add(new Tensor(name, extents, values));
    return this;
  }

  public Path write(Path file) {
    try {
      return Files.write(file, bytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("GGUF".getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(int32(3));
    out.writeBytes(int64(tensors.size()));
    out.writeBytes(int64(entries.size()));
    entries.values().forEach(out::writeBytes);
    long offset = 0;
    for (Tensor tensor : tensors) {
      out.writeBytes(string(tensor.name));
      out.writeBytes(int32(tensor.extents.length));
      for (long extent : tensor.extents) {
        out.writeBytes(int64(extent));
      }
      out.writeBytes(int32(0));
      out.writeBytes(int64(offset));
      offset += Math.ceilDiv(4L * tensor.values.length, ALIGNMENT) * (long) ALIGNMENT;
    }
    for (Tensor tensor : tensors) {
      pad(out);
      ByteBuffer data =
          ByteBuffer.allocate(4 * tensor.values.length).order(ByteOrder.LITTLE_ENDIAN);
      data.asFloatBuffer().put(tensor.values);
      out.writeBytes(data.array());
    }
    return out.toByteArray();
  }

  private static void pad(ByteArrayOutputStream out) {
    while (out.size() % ALIGNMENT != 0) {
      out.write(0);
    }
  }

  private GgufWriter entry(String key, int type, byte[] value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(string(key));
    out.writeBytes(int32(type));
    out.writeBytes(value);
    entries.put(key, out.toByteArray());
    return this;
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
