package io.tailwalk.values;

import io.tailwalk.records.AtomicFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A file of named float arrays with string metadata, in the safetensors format: the header's length
 * (8 bytes), the header as JSON, the values in little-endian order.
 *
 * @param metadata strings by name
 * @param tensors arrays by name, in the order of the file
 */
public record SafeTensors(Map<String, String> metadata, Map<String, Tensor> tensors) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String METADATA = "__metadata__";
  private static final int CHUNK = 1 << 18;
  private static final long LONGEST_HEADER = 100_000_000;

  /** Part of an array of floats, with the shape it is read as. */
  @SuppressWarnings("ArrayRecordComponent") // a view that is never compared
  public record Tensor(List<Integer> shape, float[] values, int offset, int size) {}

  /** Writes the file completely or not at all. */
  public void write(Path file) {
    Map<String, Object> header = new LinkedHashMap<>();
    header.put(METADATA, metadata);
    long at = 0;
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      Tensor tensor = entry.getValue();
      long end = at + 4L * tensor.size();
      // Not Map.of, whose order changes from process to process.
      Map<String, Object> described = new LinkedHashMap<>();
      described.put("dtype", "F32");
      described.put("shape", tensor.shape());
      described.put("data_offsets", List.of(at, end));
      header.put(entry.getKey(), described);
      at = end;
    }
    byte[] json = JSON.writeValueAsString(header).getBytes(StandardCharsets.UTF_8);
    AtomicFiles.writeBytes(file, out -> writeTo(out, json));
  }

  private void writeTo(FileChannel out, byte[] json) throws IOException {
    // The values begin at a multiple of 8; the format pads its header with spaces.
    int padded = (json.length + 7) / 8 * 8;
    ByteBuffer head = ByteBuffer.allocate(8 + padded).order(ByteOrder.LITTLE_ENDIAN);
    head.putLong(padded).put(json);
    while (head.hasRemaining()) {
      head.put((byte) ' ');
    }
    writeAll(out, head.flip());
    ByteBuffer chunk = ByteBuffer.allocate(4 * CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    for (Tensor tensor : tensors.values()) {
      for (int from = 0; from < tensor.size(); from += CHUNK) {
        int length = Math.min(CHUNK, tensor.size() - from);
        chunk.clear();
        chunk.asFloatBuffer().put(tensor.values(), tensor.offset() + from, length);
        writeAll(out, chunk.limit(4 * length));
      }
    }
  }

  private static void writeAll(FileChannel out, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }

  /**
   * Reads a file.
   *
   * @param what its kind in messages, such as {@code checkpoint}
   * @throws LearningException if it is not a safetensors file, or is cut short
   */
  public static SafeTensors read(Path file, String what) {
    if (!Files.isRegularFile(file)) {
      String why = Files.isDirectory(file) ? " is a folder, not a " + what : " is not there";
      throw new LearningException(file + why + "; check the path of the " + what);
    }
    try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
      long length = bytes(in, 8, file, what).getLong();
      if (length < 2 || length > Math.min(LONGEST_HEADER, in.size())) {
        throw damaged(file, what, "its header has an impossible length", null);
      }
      byte[] json = new byte[(int) length];
      bytes(in, json.length, file, what).get(json);
      return parse(JSON.readTree(json), in, file, what);
    } catch (JacksonException | ClassCastException | IllegalArgumentException e) {
      throw damaged(file, what, "its header cannot be read", e);
    } catch (IOException e) {
      throw new LearningException(
          "cannot read the " + what + " " + file + ": " + e.getMessage(), e);
    }
  }

  private static SafeTensors parse(JsonNode header, FileChannel in, Path file, String what)
      throws IOException {
    if (!header.isObject()) {
      throw damaged(file, what, "its header is not a JSON object", null);
    }
    Map<String, String> metadata =
        header.has(METADATA)
            ? JSON.convertValue(header.get(METADATA), new TypeReference<Map<String, String>>() {})
            : Map.of();
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    long base = in.position();
    for (Map.Entry<String, JsonNode> entry : header.properties()) {
      if (!entry.getKey().equals(METADATA)) {
        Place place = place(entry.getValue(), in.size() - base);
        if (place == null) {
          String why = " is not of 32-bit floats within the file, which may be cut short";
          throw damaged(file, what, "the entry " + entry.getKey() + why, null);
        }
        in.position(base + place.begin());
        float[] values = floats(in, place.size(), file, what);
        tensors.put(entry.getKey(), new Tensor(place.shape(), values, 0, place.size()));
      }
    }
    return new SafeTensors(metadata, tensors);
  }

  private record Place(List<Integer> shape, long begin, int size) {}

  /** The location of an entry's values; null if its description is impossible. */
  private static @Nullable Place place(JsonNode node, long available) {
    List<Integer> shape = new ArrayList<>();
    long size = 1;
    for (JsonNode length : node.path("shape")) {
      if (!length.isIntegralNumber() || !length.canConvertToInt() || length.intValue() < 0) {
        return null;
      }
      shape.add(length.intValue());
      // No overflow: both factors are below 2^31, and the product is checked each time.
      size *= length.intValue();
      if (size > available / 4) {
        return null;
      }
    }
    long begin = node.path("data_offsets").path(0).asLong(-1);
    long end = node.path("data_offsets").path(1).asLong(-1);
    boolean sound =
        node.path("shape").isArray()
            && node.path("dtype").asString("").equals("F32")
            && begin >= 0
            && end <= available
            && end - begin == 4 * size
            && size <= Integer.MAX_VALUE - 8;
    return sound ? new Place(List.copyOf(shape), begin, (int) size) : null;
  }

  private static float[] floats(FileChannel in, int size, Path file, String what)
      throws IOException {
    float[] values = new float[size];
    for (int from = 0; from < size; from += CHUNK) {
      int length = Math.min(CHUNK, size - from);
      bytes(in, 4 * length, file, what).asFloatBuffer().get(values, from, length);
    }
    return values;
  }

  private static ByteBuffer bytes(FileChannel in, int length, Path file, String what)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (in.read(bytes) < 0) {
        throw damaged(file, what, "it is cut short", null);
      }
    }
    return bytes.flip();
  }

  private static LearningException damaged(
      Path file, String what, String how, @Nullable Throwable cause) {
    String message = "the " + what + " " + file + " is damaged: " + how + "; use another " + what;
    return cause == null ? new LearningException(message) : new LearningException(message, cause);
  }
}
