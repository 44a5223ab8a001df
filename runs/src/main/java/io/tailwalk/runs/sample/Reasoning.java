package io.tailwalk.runs.sample;

import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.model.Vocabulary;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.ReasoningTags;
import io.tailwalk.sampling.Completion;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What prompts and completions show of a model's reasoning. */
public final class Reasoning {
  private Reasoning() {}

  /**
   * The prompts that already close the reasoning, as a chat template does that switches it off.
   *
   * @param model formats the prompts
   */
  public static Set<Prompt> closedPrompts(
      LanguageModel model, List<PromptJob> jobs, ReasoningTags tags) {
    Set<Prompt> closed = new LinkedHashSet<>();
    for (PromptJob job : jobs) {
      if (tags.closedBy(text(model, job.prompt()))) {
        closed.add(job.prompt());
      }
    }
    return closed;
  }

  /** The prompt as the model reads it; control tokens are spelled out if the format is known. */
  private static String text(LanguageModel model, Prompt prompt) {
    return switch (prompt) {
      case Prompt.Text(String text) -> text;
      case Prompt.Chat chat -> formatted(model, chat);
      case Prompt.Tokens _ -> decoded(model, prompt);
    };
  }

  private static String formatted(LanguageModel model, Prompt.Chat chat) {
    try {
      return model
          .chatFormat()
          .map(format -> format.text(chat))
          .orElseGet(() -> decoded(model, chat));
    } catch (ModelException e) {
      return decoded(model, chat);
    }
  }

  private static String decoded(LanguageModel model, Prompt prompt) {
    return model.vocabulary().decode(model.encode(prompt));
  }

  /** A completion as verifiers see it. */
  static Candidate candidate(Prompt prompt, Vocabulary vocabulary, Completion draw) {
    int[] tokens = draw.tokenIds().stream().mapToInt(Integer::intValue).toArray();
    int cutOff =
        vocabulary.decodeBytes(tokens).length - draw.text().getBytes(StandardCharsets.UTF_8).length;
    return new Candidate(
        prompt, vocabulary, tokens, Optional.of(draw.finishReason()), Math.max(0, cutOff));
  }
}
