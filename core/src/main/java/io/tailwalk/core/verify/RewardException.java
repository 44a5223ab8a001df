package io.tailwalk.core.verify;

import java.io.Serial;

/**
 * A verifier returned a reward outside the supported range. The message is one sentence that names
 * the verifier and the fix.
 */
public final class RewardException extends VerifierException {
  @Serial private static final long serialVersionUID = 1L;

  /** With a one-sentence message. */
  public RewardException(String message) {
    super(message);
  }
}
