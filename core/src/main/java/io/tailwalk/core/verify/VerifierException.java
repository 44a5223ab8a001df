package io.tailwalk.core.verify;

import java.io.Serial;

/**
 * A verifier or value function failed: it returned NaN, its process died, its answer made no sense.
 * The message is one sentence naming it and the mend; it is shown to the user as it stands.
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
