package io.tailwalk.convert;

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
import tools.jackson.databind.json.JsonMapper;

/** The weights of make_goldens.py, and safetensors files of them. */
final class Weights {
  private static final JsonMapper JSON = new JsonMapper();

  private Weights() {}

  /** A tensor as make_goldens.py fills it. */
  static float[] of(String name, List<Integer> shape, boolean gemma) {
    int size = shape.stream().reduce(1, Math::multiplyExact);
    int seed = (int) 2166136261L;
    for (byte letter : name.getBytes(StandardCharsets.UTF_8)) {
      seed = (seed ^ (letter & 0xff)) * 16777619;
    }
    float scale = shape.size() == 1 ? 0.25f : name.contains("embed") && !gemma ? 0.5f : 0.125f;
    float offset = name.contains("norm") && !gemma ? 1 : 0;
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      int x = seed + i * (int) 2654435761L;
      x = (x ^ (x >>> 16)) * 0x7FEB352D;
      x = (x ^ (x >>> 15)) * 0x846CA68B;
      x ^= x >>> 16;
      values[i] = ((x >>> 8) - (1 << 23)) / (float) (1 << 23) * scale + offset;
    }
    return values;
  }

  /** How {@link #write} stores numbers. */
  enum Form {
    F32,
    F16,
    BF16
  }

  /** A safetensors file, written without the code under test. */
  static void write(Path file, Map<String, List<Integer>> shapes, boolean gemma, Form form) {
    Map<String, byte[]> data = new LinkedHashMap<>();
    Map<String, Object> header = new LinkedHashMap<>();
    header.put("__metadata__", Map.of("format", "pt"));
    long at = 0;
    for (Map.Entry<String, List<Integer>> entry : shapes.entrySet()) {
      byte[] bytes = bytes(of(entry.getKey(), entry.getValue(), gemma), form);
      header.put(
          entry.getKey(),
          Map.of(
              "dtype",
              form.name(),
              "shape",
              entry.getValue(),
              "data_offsets",
              List.of(at, at + bytes.length)));
      data.put(entry.getKey(), bytes);
      at += bytes.length;
    }
    write(file, JSON.writeValueAsString(header), new ArrayList<>(data.values()));
  }

  /** A file of any header and data. */
  static void write(Path file, String header, List<byte[]> data) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    int size = data.stream().mapToInt(part -> part.length).sum();
    ByteBuffer out =
        ByteBuffer.allocate(8 + json.length + size)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(json.length)
            .put(json);
    data.forEach(out::put);
    try {
      Files.write(file, out.array());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(float[] values, Form form) {
    ByteBuffer out =
        ByteBuffer.allocate((form == Form.F32 ? 4 : 2) * values.length)
            .order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      switch (form) {
        case F32 -> out.putFloat(value);
        case F16 -> out.putShort(Float.floatToFloat16(value));
        // Cut, not rounded: any number will do.
        case BF16 -> out.putShort((short) (Float.floatToRawIntBits(value) >>> 16));
      }
    }
    return out.array();
  }
}
