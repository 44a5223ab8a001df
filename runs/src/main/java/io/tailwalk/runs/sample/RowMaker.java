package io.tailwalk.runs.sample;

import io.tailwalk.core.cost.Cost;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.model.Vocabulary;
import io.tailwalk.core.verify.AfterReasoning;
import io.tailwalk.records.SampleOrigin;
import io.tailwalk.records.SampleRow;
import io.tailwalk.records.SampleScore;
import io.tailwalk.records.SampleUsage;
import io.tailwalk.records.TokenText;
import io.tailwalk.sampling.Completion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;

/**
 * Makes the rows of a samples file. Completions of one prompt are drawn together, so discarded
 * tokens, tokens found in the cache and verifier calls are counted for the prompt and divided
 * evenly over its rows: their sum is the count of the prompt.
 */
public final class RowMaker {
  private final Vocabulary vocabulary;
  private final Recipe recipe;
  private final SortedMap<String, Object> params;
  private final boolean timing;

  /**
   * Creates a maker of rows for a recipe.
   *
   * @param timing whether rows contain the time of their prompt
   */
  public RowMaker(Vocabulary vocabulary, Recipe recipe, boolean timing) {
    this.vocabulary = vocabulary;
    this.recipe = recipe;
    this.params = SampleOrigin.settings(recipe.params());
    this.timing = timing;
  }

  /** Returns the rows of a prompt's completions, in order. */
  public List<SampleRow> rows(PromptResult result) {
    List<Completion> draws = result.sampling().draws();
    TokenText prompt = prompt(result);
    List<SampleRow> rows = new ArrayList<>(draws.size());
    for (int i = 0; i < draws.size(); i++) {
      Completion draw = draws.get(i);
      rows.add(
          new SampleRow(
              result.job().id(),
              prompt,
              new TokenText(draw.text(), draw.tokenIds()),
              isWellFormed(vocabulary, draw),
              new SampleScore(
                  draw.logProb(), draw.tokenLogProbs(), Math.exp(draw.logReward()), draw.weight()),
              new SampleOrigin(
                  recipe.sampler().name(),
                  recipe.sampler().targetDistribution(),
                  params,
                  recipe.seed(),
                  draw.finishReason().wireName()),
              usage(result, i),
              timing ? result.wallMillis() : null));
    }
    return rows;
  }

  /** Whether the text, which a stop text may shorten, has the same bytes as its tokens. */
  static boolean isWellFormed(Vocabulary vocabulary, Completion draw) {
    int[] tokens = draw.tokenIds().stream().mapToInt(Integer::intValue).toArray();
    byte[] text = draw.text().getBytes(StandardCharsets.UTF_8);
    byte[] written = vocabulary.decodeBytes(tokens);
    return text.length <= written.length
        && Arrays.equals(text, 0, text.length, written, 0, text.length);
  }

  private TokenText prompt(PromptResult result) {
    List<Integer> ids = Arrays.stream(result.promptTokenIds()).boxed().toList();
    String text =
        result.job().prompt() instanceof Prompt.Text plain
            ? plain.text()
            : vocabulary.decode(result.promptTokenIds());
    return new TokenText(text, ids);
  }

  private SampleUsage usage(PromptResult result, int row) {
    List<Completion> draws = result.sampling().draws();
    Cost cost = result.sampling().cost();
    long kept = draws.stream().mapToLong(draw -> draw.tokenIds().size()).sum();
    int rows = draws.size();
    return new SampleUsage(
        result.promptTokenIds().length,
        draws.get(row).tokenIds().size(),
        share(Math.max(0, cost.modelTokens() - kept), rows, row),
        share(cost.cachedTokens(), rows, row),
        share(cost.verifierCalls(), rows, row),
        recipe.reasoning().map(after -> reasoning(after, result, draws.get(row))).orElse(null));
  }

  private long reasoning(AfterReasoning after, PromptResult result, Completion draw) {
    return after.reasoningTokens(Reasoning.candidate(result.job().prompt(), vocabulary, draw));
  }

  /** The part of a count for one row; parts differ by at most one and add up to the count. */
  static long share(long count, int rows, int row) {
    return count / rows + (row < count % rows ? 1 : 0);
  }
}
