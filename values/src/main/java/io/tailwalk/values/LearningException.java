package io.tailwalk.values;

import java.io.Serial;

/**
 * Something a user can fix stands in the way of learning or training; the message is one sentence.
 */
public final class LearningException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /** With a sentence that says what is wrong and what to do. */
  public LearningException(String message) {
    super(message);
  }

  /** With a sentence and what lies behind it. */
  public LearningException(String message, Throwable cause) {
    super(message, cause);
  }
}
