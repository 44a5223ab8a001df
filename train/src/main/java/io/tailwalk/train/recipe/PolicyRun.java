package io.tailwalk.train.recipe;

import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.FinishReason;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.core.verify.VerifierException;
import io.tailwalk.records.PromptReader;
import io.tailwalk.records.PromptRow;
import io.tailwalk.train.model.Transformer;
import io.tailwalk.train.policy.PolicyGradient;
import io.tailwalk.train.policy.Reward;
import io.tailwalk.values.LearningException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Reinforcement learning as a recipe describes it: prompts, verifier and the model's own draws. */
final class PolicyRun {
  private final ReinforcementSection section;
  private final VerifierOpener opener;
  private final TokenTexts texts;
  private final List<Prompt> prompts = new ArrayList<>();
  private final List<int[]> tokens = new ArrayList<>();

  /**
   * Reads the prompts, and opens and closes the verifier to refuse an invalid one.
   *
   * @param context the model's
   */
  PolicyRun(
      ReinforcementSection section,
      Tokens tokenizer,
      TokenTexts texts,
      int context,
      VerifierOpener opener) {
    this.section = section;
    this.opener = opener;
    this.texts = texts;
    for (PromptRow row : PromptReader.read(section.prompts())) {
      if (!(row.prompt() instanceof Prompt.Text(String text))) {
        throw error(row, "is no plain text, and a recipe has no chat template");
      }
      int[] ids = Tokens.marked(tokenizer.begin(), tokenizer.encode(text), -1);
      if (ids.length == 0) {
        throw error(row, "is empty, and the tokenizer begins texts with no token");
      }
      if (ids.length + section.settings().maxTokens() - 1 > context) {
        throw error(
            row,
            "has "
                + ids.length
                + " tokens, which with reinforcement.max_tokens "
                + section.settings().maxTokens()
                + " do not fit into the model's context of "
                + context);
      }
      prompts.add(row.prompt());
      tokens.add(ids);
    }
    open().close();
  }

  private LearningException error(PromptRow row, String problem) {
    return new LearningException(
        section.prompts()
            + ": the prompt of the row \""
            + row.id()
            + "\" "
            + problem
            + "; change this row or remove it");
  }

  /** Opens the verifier. */
  Verifier open() {
    try {
      return opener.open(section.verifier(), section.prompts());
    } catch (IllegalArgumentException | VerifierException e) {
      throw new LearningException(
          "the key reinforcement.verifier: " + String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * The steps.
   *
   * @param start the starting model, which the caller keeps unchanged
   * @param verifier open until the last step
   */
  PolicyGradient source(Transformer start, Verifier verifier) {
    return new PolicyGradient(
        tokens,
        reward(verifier),
        verifier.name() + " " + new TreeMap<>(verifier.sources()),
        start,
        section.settings());
  }

  private Reward reward(Verifier verifier) {
    return (prompt, response, ended) -> {
      FinishReason reason = ended ? FinishReason.STOP : FinishReason.LENGTH;
      try {
        return Math.exp(
            verifier.logReward(Candidate.complete(prompts.get(prompt), texts, response, reason)));
      } catch (VerifierException e) {
        throw new LearningException(String.valueOf(e.getMessage()), e);
      }
    };
  }
}
