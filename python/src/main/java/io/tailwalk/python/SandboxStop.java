package io.tailwalk.python;

import java.io.Serial;

/** Ends a run from a host function; the message is the reason, as the end of a sentence. */
final class SandboxStop extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  SandboxStop(String reason) {
    super(reason, null, false, false);
  }
}
