package io.tailwalk.core.verify;

/** Why a completion is complete, in the OpenAI wire vocabulary. */
public enum FinishReason {
  /** The model emitted an end token, or a stop string appeared. */
  STOP("stop"),
  /** The length limit was reached. */
  LENGTH("length");

  private final String wireName;

  FinishReason(String wireName) {
    this.wireName = wireName;
  }

  /** {@code stop} or {@code length}. */
  public String wireName() {
    return wireName;
  }
}
