package io.tailwalk.runs.sample;

import io.tailwalk.core.model.Capabilities;
import io.tailwalk.core.model.Continuation;
import io.tailwalk.core.model.HiddenStates;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.model.ModelUsage;
import io.tailwalk.core.model.TopTokens;
import io.tailwalk.core.model.Vocabulary;
import io.tailwalk.core.verify.AfterReasoning;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.sampling.Diagnostics;
import io.tailwalk.sampling.Sampling;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A context that counts the model tokens of answers: tokens pushed through the model after the
 * token that closes the reasoning. All other model tokens count as reasoning, also tokens that are
 * evaluated again because their state was lost.
 */
final class ReasoningMeter implements ModelContext {
  private static final String REASONING = "reasoning_model_tokens";
  private static final String ANSWER = "answer_model_tokens";

  private final ModelContext base;
  private final Vocabulary vocabulary;
  private final PromptJob job;
  private final AfterReasoning after;
  private long answerTokens;

  /**
   * Observes a context.
   *
   * @param base closed with this one
   */
  ReasoningMeter(ModelContext base, LanguageModel model, PromptJob job, AfterReasoning after) {
    this.base = base;
    this.vocabulary = model.vocabulary();
    this.job = job;
    this.after = after;
  }

  @Override
  public LogProbs[] next(int[][] prefixes) {
    count(prefixes);
    return base.next(prefixes);
  }

  @Override
  public List<TopTokens> top(int[][] prefixes, int most) {
    count(prefixes);
    return base.top(prefixes, most);
  }

  private void count(int[][] prefixes) {
    for (int[] prefix : prefixes) {
      answerTokens += prefix.length > reasoning(prefix) ? 1 : 0;
    }
  }

  @Override
  public List<Continuation> draw(List<Continuation.Request> requests) {
    List<Continuation> drawn = base.draw(requests);
    for (int i = 0; i < drawn.size(); i++) {
      int[] prefix = requests.get(i).prefix();
      int[] more = drawn.get(i).tokenIds();
      int[] all = Arrays.copyOf(prefix, prefix.length + more.length);
      System.arraycopy(more, 0, all, prefix.length, more.length);
      answerTokens += Math.min(more.length, all.length - reasoning(all));
    }
    return drawn;
  }

  @Override
  public long costOfDraw(int tokens) {
    return base.costOfDraw(tokens);
  }

  @Override
  public double[] score(int[] completion) {
    answerTokens += completion.length - reasoning(completion);
    return base.score(completion);
  }

  private int reasoning(int[] tokens) {
    return after.reasoningTokens(Candidate.partial(job.prompt(), vocabulary, tokens));
  }

  /** The result of a sampler on this context, with its model tokens told apart. */
  Sampling counted(Sampling sampling) {
    Diagnostics found = sampling.diagnostics();
    Map<String, Double> counts = new LinkedHashMap<>(found.counts());
    long all = sampling.cost().modelTokens();
    long answer = Math.min(answerTokens, all);
    counts.put(REASONING, (double) (all - answer));
    counts.put(ANSWER, (double) answer);
    return new Sampling(
        sampling.draws(),
        sampling.outcomes(),
        sampling.successProbability(),
        sampling.units(),
        new Diagnostics(found.effectiveSampleSize(), counts, found.notes()),
        sampling.cost(),
        sampling.stopReason());
  }

  /** The model tokens of a result by their part, for the line with its cost; empty if unknown. */
  static String words(Sampling sampling) {
    Map<String, Double> counts = sampling.diagnostics().counts();
    return counts.containsKey(REASONING) && counts.containsKey(ANSWER)
        ? String.format(
            Locale.ROOT,
            " (%,.0f of reasoning, %,.0f of answers)",
            counts.get(REASONING),
            counts.get(ANSWER))
        : "";
  }

  @Override
  public Capabilities capabilities() {
    return base.capabilities();
  }

  @Override
  public int[] promptTokenIds() {
    return base.promptTokenIds();
  }

  @Override
  public int maxCompletionTokens() {
    return base.maxCompletionTokens();
  }

  @Override
  public int heldBranches() {
    return base.heldBranches();
  }

  @Override
  public ModelUsage usage() {
    return base.usage();
  }

  @Override
  public Optional<HiddenStates> hiddenStates() {
    return base.hiddenStates();
  }

  @Override
  public void close() {
    base.close();
  }
}
