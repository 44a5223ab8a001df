package io.tailwalk.values;

import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.random.Streams;
import io.tailwalk.core.tree.ExpansionRule;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.ValueFunction;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.sampling.Completion;
import io.tailwalk.sampling.RunOptions;
import io.tailwalk.sampling.Samplers;
import io.tailwalk.sampling.SamplingListener;
import io.tailwalk.sampling.SamplingProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * Draws responses from a model and labels them with a verifier.
 *
 * @param model at the temperature at which the value will be used; the caller closes it
 * @param verifier the outcome verifier
 * @param maxTokens length limit
 * @param stop strings that end a response
 */
public record Rollouts(LanguageModel model, Verifier verifier, int maxTokens, List<String> stop) {
  private static final int SIDE_BY_SIDE = 16;

  /** Size limit of the stored next-token distributions of a tree, in numbers. */
  private static final long KEPT = 20_000_000;

  /** Keeps a copy. */
  public Rollouts {
    stop = List.copyOf(stop);
  }

  /**
   * Independent responses to a prompt.
   *
   * @param count number of responses
   * @param seed of the draws
   * @param goOn called with the number drawn so far; false stops drawing
   */
  public List<Rollout> draw(Prompt prompt, int count, long seed, IntPredicate goOn) {
    List<Rollout> rollouts = new ArrayList<>();
    long distributions = Math.max(1, KEPT / model.vocabulary().size() / maxTokens);
    int part = Math.clamp(distributions, SIDE_BY_SIDE, 1 << 14);
    int[] promptTokenIds = model.encode(prompt);
    while (rollouts.size() < count && goOn.test(rollouts.size())) {
      int wanted = Math.min(part, count - rollouts.size());
      long key = Streams.key(seed, rollouts.size());
      var options = new ContextOptions(maxTokens, SIDE_BY_SIDE);
      try (ModelContext context = model.open(promptTokenIds, options)) {
        draw(prompt, context, wanted, key).forEach(rollouts::add);
      }
    }
    return rollouts;
  }

  private List<Rollout> draw(Prompt prompt, ModelContext context, int count, long seed) {
    var problem =
        new SamplingProblem(
            prompt,
            model.vocabulary(),
            context,
            verifier,
            ValueFunction.ONE,
            new ExpansionRule.Sample(1, 1),
            maxTokens,
            stop);
    return Samplers.create("ancestral", Map.of("parallel", "" + SIDE_BY_SIDE))
        .run(problem, RunOptions.of(count, Budget.UNLIMITED, seed), SamplingListener.NONE)
        .draws()
        .stream()
        .map(completion -> rollout(prompt, completion))
        .toList();
  }

  private Rollout rollout(Prompt prompt, Completion completion) {
    int[] tokens = completion.tokenIds().stream().mapToInt(Integer::intValue).toArray();
    return new Rollout(
        Candidate.complete(prompt, model.vocabulary(), tokens, completion.finishReason()),
        Math.exp(completion.logReward()));
  }
}
