package io.tailwalk.llama.gguf;

import io.tailwalk.core.model.ModelException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/*
 * GGUF, versions 2 and 3 (ggml, docs/gguf.md), little-endian:
 *   "GGUF", u32 version, u64 tensors, u64 entries,
 *   entries:  string key, u32 type, value
 *   tensors:  string name, u32 dimensions, u64 extents, u32 type, u64 offset
 *   padding to general.alignment (default 32), tensor data
 */
/** Reads and checks the header of a GGUF file. */
final class GgufReader {
  private static final int MAGIC = 0x46554747;
  private static final int TYPE_UINT32 = 4;
  private static final int TYPE_STRING = 8;
  private static final int TYPE_ARRAY = 9;
  private static final int MAX_DIMENSIONS = 4;
  private static final int MAX_NAME_BYTES = 63;
  private static final int DEFAULT_ALIGNMENT = 32;

  /** Length of the longest array of whole numbers that is kept, such as one for each layer. */
  private static final int MAX_KEPT = 1024;

  /** llama.cpp reads this key without asking for its type. */
  private static final String FILE_TYPE = "general.file_type";

  private static final Set<Integer> WHOLE_TYPES = Set.of(0, 1, 2, 3, 4, 5, 10, 11);
  private static final String TOKENS = "tokenizer.ggml.tokens";

  private final Path path;
  private final GgufInput in;

  private GgufReader(Path path, GgufInput in) {
    this.path = path;
    this.in = in;
  }

  static GgufFile read(Path path) {
    if (!Files.exists(path)) {
      throw new ModelException("file not found: " + path + "; check the path of the model");
    }
    if (!Files.isRegularFile(path)) {
      throw new ModelException(path + " is not a file; name the .gguf file itself");
    }
    try (FileChannel channel = FileChannel.open(path)) {
      GgufInput in = new GgufInput(path, channel);
      try {
        return new GgufReader(path, in).file();
      } catch (EOFException _) {
        throw in.cutShort();
      }
    } catch (IOException e) {
      throw new ModelException("cannot read " + path + ": " + e.getMessage(), e);
    }
  }

  private GgufFile file() throws IOException {
    int version = version();
    long numTensors = in.count("the number of tensors", in.fileBytes() / 24);
    long numEntries = in.count("the number of metadata entries", in.fileBytes() / 12);
    Map<String, Object> metadata = new LinkedHashMap<>();
    for (long i = 0; i < numEntries; i++) {
      String key = in.string("a metadata key");
      int type = in.int32();
      if (key.equals(FILE_TYPE) && WHOLE_TYPES.contains(type) && type != TYPE_UINT32) {
        throw in.damaged(key + " is not a 32-bit number without sign");
      }
      if (metadata.put(key, value(key, type, 0)) != null) {
        throw in.damaged("the key " + key + " occurs twice");
      }
    }
    int alignment = alignment(metadata);
    List<TensorInfo> tensors = tensors(numTensors, alignment);
    long dataStart = padded(in.position(), alignment);
    GgufFile file = new GgufFile(path, version, metadata, tensors, dataStart, in.fileBytes());
    requireTensorsInside(file);
    return file;
  }

  private int version() throws IOException {
    int magic = in.int32();
    if (magic != MAGIC) {
      throw new ModelException(
          path
              + " is not a GGUF file: it starts with "
              + printable(magic)
              + ", not \"GGUF\"; convert the model to GGUF first");
    }
    int version = in.int32();
    if (version < 2 || version > 3) {
      throw new ModelException(
          path + " has GGUF version " + version + ", but only versions 2 and 3 can be read here");
    }
    return version;
  }

  private static String printable(int magic) {
    StringBuilder text = new StringBuilder("\"");
    for (int i = 0; i < 4; i++) {
      int c = (magic >>> (8 * i)) & 0xff;
      text.append(c >= 32 && c < 127 ? (char) c : '?');
    }
    return text.append('"').toString();
  }

  private Object value(String key, int type, int depth) throws IOException {
    return switch (type) {
      case 0 -> (long) in.int8() & 0xff;
      case 1 -> (long) in.int8();
      case 2 -> (long) in.int16() & 0xffff;
      case 3 -> (long) in.int16();
      case 4 -> in.int32() & 0xffffffffL;
      case 5 -> (long) in.int32();
      case 6 -> (double) Float.intBitsToFloat(in.int32());
      case 7 -> in.int8() != 0;
      case TYPE_STRING -> in.string("the value of " + key);
      case TYPE_ARRAY -> array(key, depth);
      case 10, 11 -> in.int64();
      case 12 -> Double.longBitsToDouble(in.int64());
      default -> throw in.damaged("the key " + key + " has the unknown type " + type);
    };
  }

  private GgufArray array(String key, int depth) throws IOException {
    if (depth > 0) {
      throw in.damaged("the key " + key + " holds an array of arrays");
    }
    int type = in.int32();
    long length = in.count("the length of " + key, in.fileBytes());
    if ((type == 4 || type == 5) && length <= MAX_KEPT) {
      return new GgufArray(type, length, numbers(type, (int) length));
    }
    switch (type) {
      case 0, 1, 7 -> in.skip(length);
      case 2, 3 -> in.skip(2 * length);
      case 4, 5, 6 -> in.skip(4 * length);
      case 10, 11, 12 -> in.skip(8 * length);
      case TYPE_STRING -> strings(key, length);
      default -> throw in.damaged("the array " + key + " has the unknown type " + type);
    }
    return new GgufArray(type, length);
  }

  private List<Long> numbers(int type, int length) throws IOException {
    List<Long> numbers = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      numbers.add((Long) value("", type, 1));
    }
    return numbers;
  }

  /** Token texts must differ, or llama.cpp aborts; other strings are not checked. */
  private void strings(String key, long length) throws IOException {
    if (!key.equals(TOKENS)) {
      for (long i = 0; i < length; i++) {
        in.skip(in.count("the length of a string of " + key, in.fileBytes()));
      }
      return;
    }
    Set<ByteBuffer> tokens = new HashSet<>();
    for (long i = 0; i < length; i++) {
      byte[] bytes = in.bytes("a token");
      // llama.cpp names tokens without text by their place.
      byte[] text =
          bytes.length > 0 ? bytes : "[EMPTY_%d]".formatted(i).getBytes(StandardCharsets.UTF_8);
      if (!tokens.add(ByteBuffer.wrap(text))) {
        throw in.damaged(
            "the token \"" + new String(text, StandardCharsets.UTF_8) + "\" occurs twice");
      }
    }
  }

  private int alignment(Map<String, Object> metadata) {
    Object value = metadata.getOrDefault("general.alignment", (long) DEFAULT_ALIGNMENT);
    if (value instanceof Long bytes
        && bytes >= 8
        && bytes <= 1 << 20
        && Long.bitCount(bytes) == 1) {
      return bytes.intValue();
    }
    throw in.damaged("general.alignment is " + value);
  }

  private List<TensorInfo> tensors(long count, int alignment) throws IOException {
    List<TensorInfo> tensors = new ArrayList<>();
    Set<String> names = new HashSet<>();
    long expected = 0;
    for (long i = 0; i < count; i++) {
      TensorInfo tensor = tensor(alignment);
      if (expected >= 0 && tensor.offset() != expected) {
        throw in.damaged("the tensor " + tensor.name() + " does not follow the one before it");
      }
      expected = tensor.bytes() < 0 ? -1 : expected + padded(tensor.bytes(), alignment);
      if (!names.add(tensor.name())) {
        throw in.damaged("the tensor " + tensor.name() + " occurs twice");
      }
      tensors.add(tensor);
    }
    return tensors;
  }

  private static long padded(long bytes, int alignment) {
    return Math.ceilDiv(bytes, alignment) * alignment;
  }

  private TensorInfo tensor(int alignment) throws IOException {
    String name = in.string("a tensor name");
    if (name.isEmpty() || name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
      throw in.damaged("a tensor name has " + name.length() + " characters");
    }
    int dimensions = in.int32();
    if (dimensions < 1 || dimensions > MAX_DIMENSIONS) {
      throw in.damaged("the tensor " + name + " has " + dimensions + " dimensions");
    }
    try {
      List<Long> extents = new ArrayList<>();
      long rows = 1;
      for (int d = 0; d < dimensions; d++) {
        extents.add(in.count("a dimension of " + name, Integer.MAX_VALUE));
        rows = d == 0 ? 1 : Math.multiplyExact(rows, extents.getLast());
      }
      long rowElements = extents.getFirst();
      int typeId = in.int32();
      long offset = in.count("the offset of " + name, in.fileBytes());
      if (offset % alignment != 0) {
        throw in.damaged("the offset of " + name + " is not a multiple of " + alignment);
      }
      return new TensorInfo(
          name,
          extents,
          Math.multiplyExact(rowElements, rows),
          typeId,
          offset,
          bytes(name, typeId, rowElements, rows));
    } catch (ArithmeticException _) {
      throw in.damaged("the size of the tensor " + name + " overflows");
    }
  }

  private long bytes(String name, int typeId, long rowElements, long rows) {
    Optional<TensorType> type = TensorType.ofId(typeId);
    if (type.isEmpty()) {
      return -1;
    }
    if (rowElements == 0 || rows == 0 || rowElements % type.get().blockElements() != 0) {
      throw in.damaged("rows of " + name + " have " + rowElements + " numbers");
    }
    return type.get().bytes(rowElements, rows);
  }

  private void requireTensorsInside(GgufFile file) {
    for (TensorInfo tensor : file.tensors()) {
      long end = file.dataStart() + tensor.offset() + Math.max(0, tensor.bytes());
      if (end > file.fileBytes()) {
        throw new ModelException(
            path
                + " is cut short: the tensor "
                + tensor.name()
                + " ends at byte "
                + end
                + " but the file has "
                + file.fileBytes()
                + " bytes; fetch the file again");
      }
    }
  }
}
