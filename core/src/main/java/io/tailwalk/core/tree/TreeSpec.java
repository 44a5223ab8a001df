package io.tailwalk.core.tree;

import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.model.Vocabulary;
import io.tailwalk.core.verify.ValueFunction;
import io.tailwalk.core.verify.Verifier;
import java.util.List;

/**
 * Specification of a generation tree.
 *
 * @param prompt the prompt
 * @param vocabulary the model's tokens
 * @param verifier the verifier, which gives the tilt of leaves
 * @param value the value function of inner nodes
 * @param rule the rule that makes children
 * @param maxTokens length limit H, at least 1
 * @param stop strings that end a response; not part of its text
 * @param seed of the draws that make sampled children
 */
public record TreeSpec(
    Prompt prompt,
    Vocabulary vocabulary,
    Verifier verifier,
    ValueFunction value,
    ExpansionRule rule,
    int maxTokens,
    List<String> stop,
    long seed) {

  /**
   * The value whose zeros prove that no completion has a reward: the value's own proof if all its
   * zeros are proofs, else the verifier's.
   */
  ValueFunction proof() {
    boolean allProofs = value.proof().equals(value) && !value.equals(ValueFunction.ONE);
    return allProofs ? value : verifier.prefixValue().proof();
  }

  /** Refuses a length limit below 1 and empty stop strings. */
  public TreeSpec {
    stop = List.copyOf(stop);
    if (maxTokens < 1) {
      throw new IllegalArgumentException("max_tokens must be at least 1, got " + maxTokens);
    }
    if (stop.contains("")) {
      throw new IllegalArgumentException("a stop string must not be empty");
    }
  }
}
