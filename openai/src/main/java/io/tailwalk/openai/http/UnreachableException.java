package io.tailwalk.openai.http;

import java.io.Serial;

/** A server that does not answer after several attempts. */
public final class UnreachableException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /** Creates an exception with one sentence and its cause. */
  public UnreachableException(String message, Throwable cause) {
    super(message, cause);
  }
}
