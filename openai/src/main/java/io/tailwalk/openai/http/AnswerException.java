package io.tailwalk.openai.http;

import java.io.Serial;

/** An answer that is not what was asked for. The message continues after "its answer". */
public final class AnswerException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /** Creates an exception with what is wrong. */
  public AnswerException(String message) {
    super(message);
  }
}
