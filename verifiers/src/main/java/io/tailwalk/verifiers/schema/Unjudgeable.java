package io.tailwalk.verifiers.schema;

/** Why a text has no verdict within bounds on time and depth; such a text is not admitted. */
final class Unjudgeable extends RuntimeException {
  private static final long serialVersionUID = 1;

  Unjudgeable(String why) {
    super(why, null, false, false);
  }
}
