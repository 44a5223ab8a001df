package io.tailwalk.train;

import java.io.Serial;

/** Something a user can mend stands in the way of training; the message is one sentence. */
public final class TrainException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /** With a sentence that says what is wrong and what to do. */
  public TrainException(String message) {
    super(message);
  }

  /** With a sentence and what lies behind it. */
  public TrainException(String message, Throwable cause) {
    super(message, cause);
  }
}
