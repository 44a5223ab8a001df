package io.tailwalk.coverage;

/** Input that no coverage quantity can be computed from; the message says which and why. */
public final class CoverageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** One sentence naming the value at fault and the fix. */
  public CoverageException(String message) {
    super(message);
  }
}
