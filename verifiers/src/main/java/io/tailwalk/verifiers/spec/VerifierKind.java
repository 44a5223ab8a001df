package io.tailwalk.verifiers.spec;

import io.tailwalk.core.verify.Verifier;

/**
 * A kind of verifier provided by another module. It is found by {@link java.util.ServiceLoader}:
 * name the class in {@code META-INF/services/io.tailwalk.verifiers.spec.VerifierKind}.
 */
public interface VerifierKind {
  /** The word before the colon of a specification, such as {@code code}. */
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
   * @param argument the text after the colon
   * @param context the context that specifications may refer to
   * @throws IllegalArgumentException in one sentence that names the invalid part and the fix
   */
  Verifier open(String name, String argument, SpecContext context);
}
