package io.tailwalk.runs.work;

import java.io.Serial;

/** A run that had begun could not go on: exit code 1. The message is one sentence. */
public final class RunException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /** With one sentence and what lies beneath. */
  public RunException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
