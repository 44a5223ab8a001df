package io.tailwalk.lab.letter;

import io.tailwalk.builtin.problem.Problem;
import io.tailwalk.core.model.ChatMessage;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.ModelException;
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
 * Texts of a fixed number of tokens without a letter: {@code tau} is 1 if the letter is in neither
 * case anywhere, and {@code V(y_1..y_h) = alpha^(H-h)} where the prefix is still without it (arXiv
 * 2510.03149, Section 5; the prompt is that of its authors' code).
 */
final class LetterTask {
  /** The first is the authors'; the others ask the same of other subjects. */
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
   * A request as the model is used to it: a chat where it has a template, else plain text. An
   * instruct model that goes on with plain text rambles, and what passes are lists of numbers.
   */
  static Prompt prompt(LanguageModel model, String request) {
    var chat = new Prompt.Chat(List.of(new ChatMessage("user", request)));
    try {
      model.encode(chat);
      return chat;
    } catch (ModelException _) {
      return Prompt.text(request);
    }
  }

  /** The tilt. */
  Verifier verifier() {
    return verifier;
  }

  /** The value of prefixes. */
  ValueFunction value(double alpha) {
    return verifier.prefixValue().times(new DecayValue(alpha, tokens));
  }

  /** One run on a fresh tree, every token a child. */
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
