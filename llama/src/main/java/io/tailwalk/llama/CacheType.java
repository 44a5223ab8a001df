package io.tailwalk.llama;

import io.tailwalk.core.model.ModelException;
import io.tailwalk.llama.gguf.GgufFile;
import io.tailwalk.llama.gguf.TensorType;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Number type of cached keys and values. */
public enum CacheType {
  /**
   * Single precision if the file's weights are 32-bit floats, so that its log-probabilities are
   * those of the trained model; half precision otherwise, as in llama.cpp.
   */
  AUTO(-1),
  /** Half precision, the default of llama.cpp: half the memory, logits within about 1e-2. */
  F16(1),
  /** Single precision: logits within about 1e-5 of a re-computation for F32 weights. */
  F32(0),
  /** Half the memory of single precision, with its range and three digits. */
  BF16(30),
  /** Blocks of 8-bit integers, half the memory of F16; requires flash attention. */
  Q8_0(8);

  private static final int BLOCK = 32;

  private final int ggmlType;

  CacheType(int ggmlType) {
    this.ggmlType = ggmlType;
  }

  /** The effective type for a file: the type itself, except for {@link #AUTO}. */
  CacheType of(GgufFile file) {
    if (this != AUTO) {
      return this;
    }
    return file.quantisation().equals(TensorType.F32.name()) ? F32 : F16;
  }

  /** Whether llama.cpp needs flash attention for it. */
  public boolean needsFlashAttention() {
    return this == Q8_0;
  }

  /**
   * Refuses a file whose attention heads are no multiple of the type's blocks, on which llama.cpp
   * ends the process.
   *
   * @throws ModelException if the file's heads do not fit or their size is unknown
   */
  void requireFits(GgufFile file) {
    if (!needsFlashAttention()) {
      return;
    }
    long width = file.hyperparameter("embedding_length").orElse(0);
    long heads = Math.max(1, file.hyperparameter("attention.head_count").orElse(0));
    long keys = file.hyperparameter("attention.key_length").orElse(width / heads);
    long values = file.hyperparameter("attention.value_length").orElse(width / heads);
    if (keys <= 0 || keys % BLOCK != 0 || values <= 0 || values % BLOCK != 0) {
      throw new ModelException(
          "%s has attention heads of %d and %d numbers, and a cache of type %s needs multiples of %d; use f16 (--cache-type)"
              .formatted(file.path(), keys, values, word(), BLOCK));
    }
  }

  /** The name in flags. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The type of a name; empty if it is unknown. */
  public static Optional<CacheType> of(String word) {
    return Arrays.stream(values()).filter(type -> type.word().equals(word)).findFirst();
  }

  /** The valid names. */
  public static String words() {
    return Arrays.stream(values()).map(CacheType::word).collect(Collectors.joining(", "));
  }

  int ggmlType() {
    if (this == AUTO) {
      throw new IllegalStateException("AUTO is not a number type; the file decides");
    }
    return ggmlType;
  }
}
