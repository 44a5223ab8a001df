package io.tailwalk.verifiers.spec;

import io.tailwalk.core.verify.Verifier;

/**
 * A kind of verifier that another module brings. It is found by {@link java.util.ServiceLoader}:
 * name the class in {@code META-INF/services/io.tailwalk.verifiers.spec.VerifierKind}.
 */
public interface VerifierKind {
  /** The word before the colon of a specification, {@code code} say. */
  String kind();

  /** The form of a specification, for help texts and error messages. */
  String form();

  /** Whether a time limit in brackets may follow the word, as in {@code code[3s]:...}. */
  default boolean isTimed() {
    return false;
  }

  /**
   * A verifier; the caller closes it.
   *
   * @param name the word with its brackets
   * @param argument what stands behind the colon
   * @param context what specifications may refer to
   * @throws IllegalArgumentException in one sentence naming the part at fault and the fix
   */
  Verifier open(String name, String argument, SpecContext context);
}
