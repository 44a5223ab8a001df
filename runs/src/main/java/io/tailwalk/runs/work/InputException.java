package io.tailwalk.runs.work;

import java.io.Serial;

/**
 * The user asked for something that cannot be done as it stands: exit code 2. The message is one
 * sentence naming the flag or file and the mend.
 */
public final class InputException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /** With one sentence. */
  public InputException(String sentence) {
    super(sentence);
  }

  /** With one sentence and what lies beneath. */
  public InputException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
