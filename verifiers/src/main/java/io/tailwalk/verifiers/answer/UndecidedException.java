package io.tailwalk.verifiers.answer;

/** An expression that is not understood, has no value, or exceeds a bound; it equals nothing. */
final class UndecidedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UndecidedException() {
    super("not decided", null, false, false);
  }
}
