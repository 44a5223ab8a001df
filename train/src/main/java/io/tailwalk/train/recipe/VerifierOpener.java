package io.tailwalk.train.recipe;

import io.tailwalk.core.verify.Verifier;
import java.nio.file.Path;

/** Opens the verifiers that recipes name, so that training need not know where they come from. */
@FunctionalInterface
public interface VerifierOpener {
  /** An opener that knows no verifier. */
  VerifierOpener NONE =
      (spec, _) -> {
        throw new IllegalArgumentException("the verifier " + spec + " cannot be opened here");
      };

  /**
   * Opens a verifier; the caller closes it.
   *
   * @param spec such as {@code regex:[0-9]+}
   * @param prompts file of the prompts, whose fields the specification may name
   * @throws RuntimeException in one sentence if the specification is invalid
   */
  Verifier open(String spec, Path prompts);
}
