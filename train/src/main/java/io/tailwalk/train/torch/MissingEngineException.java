package io.tailwalk.train.torch;

import java.io.Serial;

/**
 * PyTorch cannot be started, because its libraries are not on the class path or cannot be unpacked;
 * the message is one sentence with the remedy.
 */
public final class MissingEngineException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /** With a sentence and its cause. */
  public MissingEngineException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
