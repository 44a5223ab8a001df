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
 * What is to be sampled: completions of a prompt under the model, tilted by a verifier, with a
 * value of prefixes to guide the way.
 *
 * @param prompt what is answered
 * @param vocabulary the model's tokens
 * @param context the model behind the prompt; stays the caller's to close
 * @param verifier the tilt {@code tau} of complete responses
 * @param value the value of prefixes
 * @param rule how children of a node are made
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

  /** The meaning of the tree's nodes. */
  public TreeSpec treeSpec(long seed) {
    return new TreeSpec(prompt, vocabulary, verifier, value, rule, maxTokens, stop, seed);
  }

  /** The same problem with another value function. */
  public SamplingProblem withValue(ValueFunction other) {
    return new SamplingProblem(prompt, vocabulary, context, verifier, other, rule, maxTokens, stop);
  }
}
