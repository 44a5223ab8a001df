package io.tailwalk.openai.http;

import java.io.Serial;

/** A request that a server refuses, whenever it is sent. */
public final class RefusedException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final int status;
  private final boolean keySent;

  /**
   * Creates an exception.
   *
   * @param status the HTTP status
   * @param message the server's own words, bounded and printable
   * @param keySent whether the request had a key
   */
  public RefusedException(int status, String message, boolean keySent) {
    super(message);
    this.status = status;
    this.keySent = keySent;
  }

  /** Whether the request had a key. */
  public boolean keySent() {
    return keySent;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }
}
