package io.tailwalk.core.verify;

import java.io.Serial;

/**
 * A verifier or value function failed: it returned NaN, its process died, or its output was
 * invalid. The message is one sentence that names the verifier and the fix; it is shown to the user
 * unchanged.
 */
public class VerifierException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /** With a one-sentence message. */
  public VerifierException(String message) {
    super(message);
  }

  /** With a one-sentence message and its cause. */
  public VerifierException(String message, Throwable cause) {
    super(message, cause);
  }
}
