package io.tailwalk.coverage;

/**
 * Input from which no coverage quantity can be computed; the message names the input and the
 * reason.
 */
public final class CoverageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** One sentence that names the invalid value and the fix. */
  public CoverageException(String message) {
    super(message);
  }
}
