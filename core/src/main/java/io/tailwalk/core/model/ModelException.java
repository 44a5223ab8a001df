package io.tailwalk.core.model;

import java.io.Serial;

/**
 * A model could not be opened or could not answer: a missing or damaged file, a full context, a
 * server that failed. The message is one sentence that names the problem and the fix; it is shown
 * to the user unchanged.
 */
public class ModelException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /** With a one-sentence message. */
  public ModelException(String message) {
    super(message);
  }

  /** With a one-sentence message and its cause. */
  public ModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
