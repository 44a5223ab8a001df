package io.tailwalk.llama.gguf;

import io.tailwalk.core.model.ModelException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The types of the entries that llama.cpp reads without asking for their type first: it ends the
 * process where one has another.
 */
final class GgufTypes {
  private static final int INT8 = 1;
  private static final int INT32 = 5;
  private static final int FLOAT32 = 6;
  private static final int STRING = 8;

  /** What an entry must be. */
  private enum Type {
    TEXT("a text"),
    WHOLE("a whole number"),
    TRUE_OR_FALSE("true or false"),
    TEXTS("an array of texts"),
    FLOATS("an array of 32-bit floating-point numbers"),
    INTS("an array of 32-bit whole numbers"),
    BYTES("an array of bytes");

    private final String words;

    Type(String words) {
      this.words = words;
    }

    private boolean admits(Object value) {
      return switch (this) {
        case TEXT -> value instanceof String;
        case WHOLE -> value instanceof Long;
        case TRUE_OR_FALSE -> value instanceof Boolean;
        case TEXTS -> value instanceof GgufArray array && array.elementType() == STRING;
        case FLOATS -> value instanceof GgufArray array && array.elementType() == FLOAT32;
        case INTS ->
            // Some writers mark the kinds of tokens as unsigned; the bytes are the same.
            value instanceof GgufArray array
                && (array.elementType() == INT32 || array.elementType() == INT32 - 1);
        case BYTES -> value instanceof GgufArray array && array.elementType() <= INT8;
      };
    }
  }

  private static final Map<String, Type> FIXED =
      Map.ofEntries(
          Map.entry("general.architecture", Type.TEXT),
          Map.entry("general.name", Type.TEXT),
          Map.entry("general.file_type", Type.WHOLE),
          Map.entry("general.quantization_version", Type.WHOLE),
          Map.entry("tokenizer.ggml.model", Type.TEXT),
          Map.entry("tokenizer.ggml.pre", Type.TEXT),
          Map.entry("tokenizer.ggml.tokens", Type.TEXTS),
          Map.entry("tokenizer.ggml.merges", Type.TEXTS),
          Map.entry("tokenizer.ggml.scores", Type.FLOATS),
          Map.entry("tokenizer.ggml.token_type", Type.INTS),
          Map.entry("tokenizer.ggml.precompiled_charsmap", Type.BYTES),
          Map.entry("tokenizer.ggml.token_type_count", Type.WHOLE),
          Map.entry("tokenizer.ggml.remove_extra_whitespaces", Type.TRUE_OR_FALSE),
          Map.entry("tokenizer.chat_template", Type.TEXT),
          Map.entry("split.no", Type.WHOLE),
          Map.entry("split.count", Type.WHOLE),
          Map.entry("split.tensors.count", Type.WHOLE));

  private GgufTypes() {}

  /**
   * Refuses a file with an entry of another type.
   *
   * @throws ModelException that names the entry
   */
  static void require(GgufFile file) {
    file.metadata()
        .forEach((key, value) -> {
          Type wanted = FIXED.get(key);
          if (wanted == null && key.startsWith("tokenizer.ggml.")) {
            wanted = tokenizerType(key);
          }
          if (wanted != null && !wanted.admits(value)) {
            throw new ModelException(
                "%s is damaged: %s is not %s; fetch the file again"
                    .formatted(file.path(), key, wanted.words));
          }
        });
  }

  private static @Nullable Type tokenizerType(String key) {
    if (key.endsWith("_token_id")) {
      return Type.WHOLE;
    }
    return key.startsWith("tokenizer.ggml.add_") ? Type.TRUE_OR_FALSE : null;
  }
}
