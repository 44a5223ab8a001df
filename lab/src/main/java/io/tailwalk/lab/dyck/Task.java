package io.tailwalk.lab.dyck;

import io.tailwalk.builtin.problem.Problem;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.verify.ValueFunction;

/**
 * What is sampled: completions of the beginning, under the transformer, that balance it.
 *
 * @param model the base distribution
 * @param prompt the beginning
 * @param verifier whether a completion balances it
 */
record Task(BracketModel model, Prompt prompt, Completes verifier) {

  static Task of(DyckPlan plan, float[] values) {
    var model = new BracketModel(plan.shape(), values);
    int[] beginning = model.vocabulary().encode(plan.prompt());
    return new Task(
        model, Prompt.text(plan.prompt()), new Completes(plan.grammar().language(), beginning));
  }

  /** With a value of prefixes, as samplers take it. */
  Problem problem(ValueFunction value) {
    return new Problem("dyck", model, prompt, value, verifier, verifier.responseLength());
  }
}
