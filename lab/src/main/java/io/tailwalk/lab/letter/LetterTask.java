package io.tailwalk.lab.letter;

import io.tailwalk.builtin.problem.Problem;
import io.tailwalk.core.model.ChatMessage;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.verify.DecayValue;
import io.tailwalk.core.verify.ValueFunction;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.core.verify.Verifiers;
import io.tailwalk.lab.Problems;
import io.tailwalk.sampling.RunOptions;
import io.tailwalk.sampling.Sampler;
import io.tailwalk.sampling.Sampling;
import io.tailwalk.sampling.SamplingListener;
import java.util.List;

/**
 * Texts of a fixed number of tokens without a letter: {@code tau} is 1 if the text contains the
 * letter in neither case, and {@code V(y_1..y_h) = alpha^(H-h)} if the prefix does not contain it
 * (arXiv 2510.03149, Section 5; the prompt is that of its authors' code).
 */
final class LetterTask {
  /** The first prompt is the authors'; the others make the same request for other subjects. */
  static final List<String> PROMPTS =
      List.of(
          "Generate a one-sentence story without using the letter 'e':",
          "Generate a one-sentence story about a dog without using the letter 'e':",
          "Generate a one-sentence story about a long trip without using the letter 'e':",
          "Generate a one-sentence story about a storm without using the letter 'e':");

  private final Verifier verifier = new FullLength(Verifiers.avoid("e"));
  private final int tokens;

  /**
   * The task.
   *
   * @param tokens H
   */
  LetterTask(int tokens) {
    this.tokens = tokens;
  }

  /**
   * A request in the format of the model: a chat if it has a template, else plain text. An instruct
   * model that continues plain text rambles, and its passing completions are lists of numbers.
   */
  static Prompt prompt(LanguageModel model, String request) {
    return model.chatFormat().isPresent()
        ? new Prompt.Chat(List.of(new ChatMessage("user", request)))
        : Prompt.text(request);
  }

  /** The tilt. */
  Verifier verifier() {
    return verifier;
  }

  /** The value of prefixes. */
  ValueFunction value(double alpha) {
    return verifier.prefixValue().times(new DecayValue(alpha, tokens));
  }

  /** Runs a sampler once on a new tree in which every token is a child. */
  Sampling run(
      LanguageModel model,
      Prompt prompt,
      double alpha,
      Sampler sampler,
      RunOptions options,
      SamplingListener listener) {
    var problem = new Problem("letter", model, prompt, value(alpha), verifier, tokens);
    return Problems.run(problem, sampler, options, listener);
  }
}
