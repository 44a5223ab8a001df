package io.tailwalk.lab.codetests;

import io.tailwalk.builtin.problem.Problem;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.lab.Problems;
import io.tailwalk.sampling.RunOptions;
import io.tailwalk.sampling.Sampler;
import io.tailwalk.sampling.Sampling;
import io.tailwalk.sampling.SamplingListener;
import java.util.List;

/**
 * One test case of a function that appends an item to a list: the rest of a line after {@code
 * assert app}. The prompt has the layout of the code of arXiv 2502.12123, which shares an author
 * with arXiv 2510.03149: a function with eight asserts, then a function with a name of three
 * letters; four of its eight asserts are given, since a small model needs them. {@code tau} is 1 if
 * the line compares a call with the result that Python prints for it, see {@link ExactLine}.
 */
public final class CodeTask {
  /** Longest line, in tokens of the model. */
  static final int TOKENS = 40;

  /** The text before the completion; valid Python up to its last line. */
  public static final String PROMPT =
      """
      def f(a, b):
          return a + b

      # List 8 test cases of the above function f, one in each line:
      assert f(5, 5) == 10
      assert f(1, 5) == 6
      assert f('a', 'b') == 'ab'
      assert f(0, -3) == -3
      assert f([1], [2]) == [1, 2]
      assert f(2.5, 1.5) == 4.0
      assert f('', 'xyz') == 'xyz'
      assert f(100, 23) == 123

      def app(l, item):
          l.append(item)
          return l

      # List 8 test cases of the above function app, one in each line:
      assert app([1, 2, 3], 4) == [1, 2, 3, 4]
      assert app([], 'a') == ['a']
      assert app([2.5], 1) == [2.5, 1]
      assert app(['x', 'y'], 'z') == ['x', 'y', 'z']
      assert app\
      """;

  /** The function that is tested. */
  static final String FUNCTION = "app";

  private final Verifier verifier;

  /** Makes the task; results of lines are shared between runs. */
  CodeTask(CallResults results) {
    this.verifier = new ExactLine(results);
  }

  /** Runs a sampler once on a new tree in which every token is a child. */
  Sampling run(
      LanguageModel model, Sampler sampler, RunOptions options, SamplingListener listener) {
    Prompt prompt = Prompt.text(PROMPT);
    var problem = new Problem("test case", model, prompt, verifier.prefixValue(), verifier, TOKENS);
    return Problems.run(problem, List.of("\n"), sampler, options, listener);
  }
}
