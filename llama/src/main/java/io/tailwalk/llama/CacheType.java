package io.tailwalk.llama;

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
