package io.tailwalk.llama;

import java.io.Serial;

/** The KV cache did not roll back to an earlier position, or is at an unexpected position. */
final class RollbackRefusedException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  RollbackRefusedException(String message) {
    super(message);
  }
}
