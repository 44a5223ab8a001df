package io.tailwalk.openai.http;

import java.io.Serial;

/** A request that a server refuses, whenever it is sent. */
public final class RefusedException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final int status;

  /**
   * Creates an exception.
   *
   * @param status the HTTP status
   * @param message the server's own words, bounded and printable
   */
  public RefusedException(int status, String message) {
    super(message);
    this.status = status;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }
}
