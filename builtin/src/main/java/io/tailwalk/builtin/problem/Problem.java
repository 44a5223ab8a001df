package io.tailwalk.builtin.problem;

import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.verify.ValueFunction;
import io.tailwalk.core.verify.Verifier;

/**
 * The complete input of a sampler.
 *
 * @param name for tables
 * @param model the base distribution {@code pi}
 * @param prompt the prompt
 * @param value {@code V} of partial responses
 * @param verifier {@code tau} of complete ones
 * @param maxTokens H: a response of this length is complete
 */
public record Problem(
    String name,
    LanguageModel model,
    Prompt prompt,
    ValueFunction value,
    Verifier verifier,
    int maxTokens) {

  /** The same problem with a different value function. */
  public Problem withValue(String newName, ValueFunction newValue) {
    return new Problem(newName, model, prompt, newValue, verifier, maxTokens);
  }
}
