package io.tailwalk.llama;

import io.tailwalk.llama.gguf.GgufFile;
import io.tailwalk.llama.gguf.TensorType;

/** Number type of cached keys and values. */
public enum CacheType {
  /**
   * Single precision where the file's weights are 32-bit floats, so that its log-probabilities are
   * those of the model that was trained; half precision otherwise, as llama.cpp has it.
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

  /** What is meant for a file: itself, but for {@link #AUTO}. */
  CacheType of(GgufFile file) {
    if (this != AUTO) {
      return this;
    }
    return file.quantisation().equals(TensorType.F32.name()) ? F32 : F16;
  }

  int ggmlType() {
    if (this == AUTO) {
      throw new IllegalStateException("AUTO is no number type; a file decides");
    }
    return ggmlType;
  }
}
