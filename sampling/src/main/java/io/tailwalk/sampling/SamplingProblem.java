package io.tailwalk.sampling;

import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.model.Vocabulary;
import io.tailwalk.core.tree.ExpansionRule;
import io.tailwalk.core.tree.TreeSpec;
import io.tailwalk.core.verify.ValueFunction;
import io.tailwalk.core.verify.Verifier;
import java.util.List;

/**
 * A sampling problem: completions of a prompt under the model, tilted by a verifier, with a value
 * function of prefixes that guides the search.
 *
 * @param prompt the prompt
 * @param vocabulary the model's tokens
 * @param context the model with the prompt; the caller closes it
 * @param verifier the tilt {@code tau} of complete responses
 * @param value the value function of prefixes
 * @param rule the rule that makes the children of a node
 * @param maxTokens length limit, at least 1
 * @param stop strings that end a response
 */
public record SamplingProblem(
    Prompt prompt,
    Vocabulary vocabulary,
    ModelContext context,
    Verifier verifier,
    ValueFunction value,
    ExpansionRule rule,
    int maxTokens,
    List<String> stop) {

  /** Keeps an immutable copy of the stop strings. */
  public SamplingProblem {
    stop = List.copyOf(stop);
  }

  /** The specification of the tree. */
  public TreeSpec treeSpec(long seed) {
    return new TreeSpec(prompt, vocabulary, verifier, value, rule, maxTokens, stop, seed);
  }

  /** The same problem with a different value function. */
  public SamplingProblem withValue(ValueFunction other) {
    return new SamplingProblem(prompt, vocabulary, context, verifier, other, rule, maxTokens, stop);
  }
}
