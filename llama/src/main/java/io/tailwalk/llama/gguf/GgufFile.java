package io.tailwalk.llama.gguf;

import io.tailwalk.core.model.ModelException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A GGUF file as described by its header.
 *
 * @param path its path
 * @param version GGUF version, 2 or 3
 * @param metadata header entries in file order: integers as {@code Long}, floats as {@code Double},
 *     {@code Boolean}, {@code String}, and {@link GgufArray} without the contents
 * @param tensors the stored tensors
 * @param dataStart first byte of the tensor data
 * @param fileBytes size of the file
 */
public record GgufFile(
    Path path,
    int version,
    Map<String, Object> metadata,
    List<TensorInfo> tensors,
    long dataStart,
    long fileBytes) {

  /** Keeps immutable copies. */
  public GgufFile {
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    tensors = List.copyOf(tensors);
  }

  /**
   * Reads and checks a header: magic, version, every length, and that all tensors lie inside the
   * file.
   *
   * @throws ModelException if the file is missing, not GGUF, damaged or cut short
   */
  public static GgufFile read(Path path) {
    return GgufReader.read(path);
  }

  /** Architecture, for example {@code llama}. */
  public Optional<String> architecture() {
    return string("general.architecture");
  }

  /** The name in the metadata; the file name if there is none. */
  public String name() {
    return string("general.name").orElseGet(() -> String.valueOf(path.getFileName()));
  }

  /**
   * Size as stated in the metadata, for example {@code 135M}; otherwise counted from the tensors.
   */
  public String sizeLabel() {
    return string("general.size_label").orElseGet(() -> abbreviated(parameters()));
  }

  /** Number of weights. */
  public long parameters() {
    return tensors.stream().mapToLong(TensorInfo::elements).sum();
  }

  /** Storage type of most of the bytes, for example {@code Q4_1}. */
  public String quantisation() {
    Map<TensorType, Long> bytes = new EnumMap<>(TensorType.class);
    for (TensorInfo tensor : tensors) {
      TensorType.ofId(tensor.typeId())
          .ifPresent(type -> bytes.merge(type, tensor.bytes(), Long::sum));
    }
    return bytes.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(entry -> entry.getKey().name())
        .orElse("unknown storage");
  }

  /** Longest sequence the model was trained on, in tokens. */
  public OptionalLong contextLength() {
    return hyperparameter("context_length");
  }

  /** Kind of tokenizer, for example {@code gpt2}; {@code no_vocab} for none. */
  public Optional<String> tokenizer() {
    return string("tokenizer.ggml.model");
  }

  /** The chat template (Jinja), if the file has one. */
  public Optional<String> chatTemplate() {
    return string("tokenizer.chat_template");
  }

  /**
   * An integer entry of the architecture, without its prefix: {@code embedding_length} and so on.
   */
  public OptionalLong hyperparameter(String key) {
    String full = architecture().orElse("") + "." + key;
    return metadata.get(full) instanceof Long value ? OptionalLong.of(value) : OptionalLong.empty();
  }

  /** A text entry. */
  public Optional<String> string(String key) {
    return metadata.get(key) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  /** One line for people: name, architecture, size, storage, context. */
  public String description() {
    StringBuilder line = new StringBuilder(name());
    architecture().ifPresent(text -> line.append(", ").append(text));
    line.append(", ").append(sizeLabel()).append(", ").append(quantisation());
    contextLength().ifPresent(tokens -> line.append(", context ").append(tokens));
    return line.toString();
  }

  private static String abbreviated(long count) {
    if (count >= 1_000_000_000L) {
      return String.format(Locale.ROOT, "%.1fB", count / 1e9);
    }
    return count >= 1_000_000L
        ? String.format(Locale.ROOT, "%.0fM", count / 1e6)
        : String.format(Locale.ROOT, "%.0fk", count / 1e3);
  }
}
