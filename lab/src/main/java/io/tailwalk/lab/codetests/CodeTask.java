package io.tailwalk.lab.codetests;

import io.tailwalk.builtin.problem.Problem;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.lab.Problems;
import io.tailwalk.sampling.RunOptions;
import io.tailwalk.sampling.Sampler;
import io.tailwalk.sampling.Sampling;
import io.tailwalk.sampling.SamplingListener;
import java.util.List;

/**
 * One test case of a function: the rest of a line after {@code assert NAME}. {@code tau} is 1 if
 * the line compares a call with the result that Python prints for it, see {@link ExactLine}.
 */
final class CodeTask {
  /** Longest line, in tokens of the model. */
  static final int TOKENS = 40;

  private final TestedFunction function;
  private final Verifier verifier;

  /** Makes the task; results of lines are shared between runs. */
  CodeTask(TestedFunction function, CallResults results) {
    this.function = function;
    this.verifier = new ExactLine(function, results);
  }

  /** Runs a sampler once on a new tree in which every token is a child. */
  Sampling run(
      LanguageModel model, Sampler sampler, RunOptions options, SamplingListener listener) {
    var problem =
        new Problem(
            function.symbol(), model, function.prompt(), verifier.prefixValue(), verifier, TOKENS);
    return Problems.run(problem, List.of("\n"), sampler, options, listener);
  }
}
