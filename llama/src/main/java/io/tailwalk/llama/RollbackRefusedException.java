package io.tailwalk.llama;

import java.io.Serial;

/** The KV cache did not go back to an earlier position, or is not where it should be. */
final class RollbackRefusedException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  RollbackRefusedException(String message) {
    super(message);
  }
}
