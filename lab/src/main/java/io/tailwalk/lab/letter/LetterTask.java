package io.tailwalk.lab.letter;

import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.tree.ExpansionRule;
import io.tailwalk.core.verify.DecayValue;
import io.tailwalk.core.verify.ValueFunction;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.core.verify.Verifiers;
import io.tailwalk.sampling.RunOptions;
import io.tailwalk.sampling.Sampler;
import io.tailwalk.sampling.Sampling;
import io.tailwalk.sampling.SamplingListener;
import io.tailwalk.sampling.SamplingProblem;
import java.util.List;

/**
 * Texts of {@link #TOKENS} tokens without a letter: {@code tau} is 1 if the letter is in neither
 * case anywhere, and {@code V(y_1..y_h) = alpha^(H-h)} where the prefix is still without it (arXiv
 * 2510.03149, Section 5; the prompt is that of its authors' code).
 */
final class LetterTask {
  /** H. */
  static final int TOKENS = 32;

  /** Prefixes of a model call. */
  private static final int BATCH = 16;

  /** The first is the authors'; the others ask the same of other subjects. */
  static final List<String> PROMPTS =
      List.of(
          "Generate a one-sentence story without using the letter 'e':",
          "Generate a one-sentence story about a dog without using the letter 'e':",
          "Generate a one-sentence story about a long trip without using the letter 'e':",
          "Generate a one-sentence story about a storm without using the letter 'e':");

  private final Verifier verifier = new FullLength(Verifiers.avoid("e"));

  /** The tilt. */
  Verifier verifier() {
    return verifier;
  }

  /** The value of prefixes. */
  ValueFunction value(double alpha) {
    return verifier.prefixValue().times(new DecayValue(alpha, TOKENS));
  }

  /** One run on a fresh tree, every token a child. */
  Sampling run(
      LanguageModel model,
      String prompt,
      double alpha,
      Sampler sampler,
      RunOptions options,
      SamplingListener listener) {
    Prompt text = Prompt.text(prompt);
    try (ModelContext context = model.open(model.encode(text), new ContextOptions(TOKENS, BATCH))) {
      var problem =
          new SamplingProblem(
              text,
              model.vocabulary(),
              context,
              verifier,
              value(alpha),
              new ExpansionRule.Enumerate(),
              TOKENS,
              List.of());
      return sampler.run(problem, options, listener);
    }
  }
}
