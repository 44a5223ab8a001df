package io.tailwalk.records;

import java.io.IOException;
import java.util.Locale;

/** The reader of an output has gone, as {@code head} does when it has seen enough. */
public final class ClosedPipeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception from the failure of a write. */
  public ClosedPipeException(IOException cause) {
    super("the reader of the output has closed it", cause);
  }

  /** Whether the failure of a write says that the reader has gone; the words are the system's. */
  public static boolean isBehind(IOException failure) {
    String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    return message.contains("broken pipe")
        || message.contains("pipe is being closed")
        || message.contains("pipe has been ended");
  }
}
