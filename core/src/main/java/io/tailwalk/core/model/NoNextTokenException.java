package io.tailwalk.core.model;

import java.io.Serial;

/**
 * A model that has no distribution of the next token, such as one that computes embeddings; the
 * message is one sentence.
 */
public final class NoNextTokenException extends ModelException {
  @Serial private static final long serialVersionUID = 1L;

  /** An error with its sentence. */
  public NoNextTokenException(String sentence) {
    super(sentence);
  }
}
