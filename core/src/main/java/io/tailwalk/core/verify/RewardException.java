package io.tailwalk.core.verify;

import java.io.Serial;

/**
 * A verifier works and gives rewards that cannot be worked with. The message is one sentence naming
 * it and the mend.
 */
public final class RewardException extends VerifierException {
  @Serial private static final long serialVersionUID = 1L;

  /** With a one-sentence message. */
  public RewardException(String message) {
    super(message);
  }
}
