package io.tailwalk.llama;

import io.tailwalk.llama.gguf.GgufFile;
import io.tailwalk.llama.gguf.TensorType;

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
  F32(0);

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

  int ggmlType() {
    if (this == AUTO) {
      throw new IllegalStateException("AUTO is not a number type; the file decides");
    }
    return ggmlType;
  }
}
