package io.tailwalk.values;

import java.io.Serial;

/** A problem that a user can fix prevents learning or training; the message is one sentence. */
public final class LearningException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /** With a sentence that names the problem and the fix. */
  public LearningException(String message) {
    super(message);
  }

  /** With a sentence and its cause. */
  public LearningException(String message, Throwable cause) {
    super(message, cause);
  }
}
