package io.tailwalk.verifiers;

import java.io.Serial;

/**
 * An external verifier could not answer: it died, hung, or wrote what it should not. The message is
 * one sentence for the user.
 */
public class VerifierException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /** With a one-sentence message. */
  public VerifierException(String message) {
    super(message);
  }

  /** With a one-sentence message and what lies beneath. */
  public VerifierException(String message, Throwable cause) {
    super(message, cause);
  }
}
