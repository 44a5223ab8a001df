package io.tailwalk.train.model;

/** The two shapes of decoder-only transformer. */
public enum Architecture {
  /**
   * Learned positions, LayerNorm, GELU, biases, output tied to the embedding (Radford et al. 2019).
   */
  GPT2("gpt2"),
  /** Rotary positions, RMSNorm, SwiGLU, no biases (Touvron et al. 2023). */
  LLAMA("llama");

  private final String id;

  Architecture(String id) {
    this.id = id;
  }

  /** Its name in GGUF files, and of its script. */
  public String id() {
    return id;
  }
}
