package io.tailwalk.runs.work;

import java.io.Serial;

/** Thrown if a run fails after it has started: exit code 1. The message is one sentence. */
public final class RunException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /** Creates an exception with one sentence and its cause. */
  public RunException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
