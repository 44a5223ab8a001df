package io.tailwalk.llama;

/** Number type of cached keys and values. */
public enum CacheType {
  /** Half precision, the default of llama.cpp: half the memory, logits within about 1e-2. */
  F16(1),
  /** Single precision: logits within about 1e-5 of a re-computation for F32 weights. */
  F32(0);

  private final int ggmlType;

  CacheType(int ggmlType) {
    this.ggmlType = ggmlType;
  }

  int ggmlType() {
    return ggmlType;
  }
}
