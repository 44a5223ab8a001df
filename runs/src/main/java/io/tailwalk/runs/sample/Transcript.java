package io.tailwalk.runs.sample;

import io.tailwalk.core.Plural;
import io.tailwalk.core.cost.Cost;
import io.tailwalk.core.cost.StopReason;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.model.Vocabulary;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.TargetDistribution;
import io.tailwalk.report.Numbers;
import io.tailwalk.report.Printable;
import io.tailwalk.sampling.Completion;
import io.tailwalk.sampling.Sampling;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Completions as text, with their cost and uncertainty. */
final class Transcript {
  private static final String INDENT = "     ";

  private final Vocabulary vocabulary;
  private final Recipe recipe;

  Transcript(Vocabulary vocabulary, Recipe recipe) {
    this.vocabulary = vocabulary;
    this.recipe = recipe;
  }

  /** The lines for one prompt. They contain no times: the same seed gives the same bytes. */
  List<String> lines(PromptResult result) {
    List<String> lines = new ArrayList<>();
    Sampling sampling = result.sampling();
    lines.add(
        "prompt " + Printable.name(result.job().id()) + ": " + promptText(result.job().prompt()));
    List<Completion> draws = sampling.draws();
    for (int i = 0; i < draws.size(); i++) {
      lines.add(
          String.format(Locale.ROOT, "%3d  ", i + 1)
              + Printable.indented(shown(result.job().prompt(), draws.get(i)), INDENT));
      reason(result.job().prompt(), draws.get(i))
          .ifPresent(
              why -> lines.add(INDENT + "-- does not pass: " + Printable.indented(why, INDENT)));
    }
    if (draws.isEmpty()) {
      lines.add(INDENT + "(no completion passed)");
    }
    lines.add(INDENT + "-- " + costLine(sampling));
    lines.add(
        INDENT
            + (recipe.verifier().passesOrFails()
                ? "-- the model itself passes with probability "
                : "-- the model's own completion has the mean reward ")
            + Numbers.estimate(sampling.successProbability()));
    for (String note : sampling.diagnostics().notes()) {
      lines.add(INDENT + "-- " + note);
    }
    if (!draws.isEmpty()) {
      lines.add(INDENT + "-- distribution of these completions: " + distribution(sampling));
    }
    return lines;
  }

  /** How the completions are distributed; a sample drawn from the complete tree is exact. */
  private String distribution(Sampling sampling) {
    double size = sampling.diagnostics().effectiveSampleSize();
    return Double.isInfinite(size)
        ? TargetDistribution.EXACT.wireName()
        : recipe.sampler().targetDistribution().wireName()
            + "; effective sample size "
            + String.format(Locale.ROOT, "%.1f", size);
  }

  /** The text; of a completion that reasons and answers, the length of the first and the second. */
  private String shown(Prompt prompt, Completion draw) {
    Candidate complete = Reasoning.candidate(prompt, vocabulary, draw);
    return recipe
        .reasoning()
        .flatMap(after ->
            after
                .answer(complete)
                .filter(_ -> after.reasoningTokens(complete) > 0)
                .map(answer ->
                    "(reasoning of "
                        + Plural.of(after.reasoningTokens(complete), "token")
                        + ") "
                        + answer.text()))
        .orElse(draw.text());
  }

  /** Only samplers without filtering, and graded rewards, have completions that do not pass. */
  private Optional<String> reason(Prompt prompt, Completion draw) {
    if (draw.logReward() >= 0) {
      return Optional.empty();
    }
    return recipe.verifier().reason(Reasoning.candidate(prompt, vocabulary, draw));
  }

  private static String promptText(Prompt prompt) {
    return switch (prompt) {
      case Prompt.Text text -> Printable.indented(text.text(), INDENT);
      case Prompt.Chat chat -> Printable.indented(chat.messages().getLast().content(), INDENT);
      case Prompt.Tokens tokens -> Plural.of(tokens.tokenIds().size(), "token");
    };
  }

  private static String costLine(Sampling sampling) {
    Cost cost = sampling.cost();
    return Plural.of(cost.modelTokens(), "model token")
        + ReasoningMeter.words(sampling)
        + " in "
        + Plural.of(cost.modelCalls(), "call")
        + ", "
        + Plural.of(cost.verifierCalls(), "verifier call")
        + (sampling.stopReason() == StopReason.DONE
            ? ""
            : "; ended by: " + sampling.stopReason().wireName());
  }
}
