package io.tailwalk.core.model;

/** What a model can be asked for. */
public enum Capability {
  /** The distribution of the next token over the whole vocabulary. */
  DISTRIBUTION("the distribution of the next token"),
  /** The most probable next tokens, with the probability of all others together. */
  TOP_K("the most probable next tokens"),
  /** Continuations that the model itself draws, with their log-probabilities. */
  DRAW("draws"),
  /**
   * Complete responses to the prompt that the model itself draws, and nothing else: no continuation
   * of a prefix, and log-probabilities perhaps unknown.
   */
  RESPONSE("complete responses"),
  /** The log-probabilities of given tokens. */
  SCORE("the log-probabilities of given tokens"),
  /** Hidden states of the network: of GGUF models in this process only, servers show none. */
  HIDDEN("hidden states");

  private final String words;

  Capability(String words) {
    this.words = words;
  }

  /** The capability as a noun phrase, for sentences. */
  public String words() {
    return words;
  }
}
