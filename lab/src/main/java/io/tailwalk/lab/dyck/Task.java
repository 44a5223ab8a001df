package io.tailwalk.lab.dyck;

import io.tailwalk.builtin.problem.Problem;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.verify.ValueFunction;

/**
 * The sampling task: completions under the transformer that balance the beginning.
 *
 * @param model the base distribution
 * @param prompt the beginning
 * @param verifier verifies that a completion balances the beginning
 */
record Task(BracketModel model, Prompt prompt, Completes verifier) {

  static Task of(DyckPlan plan, float[] values) {
    var model = new BracketModel(plan.shape(), values);
    int[] beginning = model.vocabulary().encode(plan.prompt());
    return new Task(
        model, Prompt.text(plan.prompt()), new Completes(plan.grammar().language(), beginning));
  }

  /** The problem for samplers, with a value of prefixes. */
  Problem problem(ValueFunction value) {
    return new Problem("dyck", model, prompt, value, verifier, verifier.responseLength());
  }
}
