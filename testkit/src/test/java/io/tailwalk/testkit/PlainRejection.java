package io.tailwalk.testkit;

import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.cost.Cost;
import io.tailwalk.core.cost.CostMeter;
import io.tailwalk.core.cost.StopReason;
import io.tailwalk.core.interval.Bias;
import io.tailwalk.core.interval.Estimate;
import io.tailwalk.core.interval.Interval;
import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.random.Chooser;
import io.tailwalk.core.random.RandomChooser;
import io.tailwalk.core.random.Streams;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.FinishReason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Rejection sampling for rewards of at most 1, written on core's types alone, and what can be wrong
 * with a sampler.
 */
final class PlainRejection {
  /** What is wrong. */
  enum Flaw {
    /** Nothing. */
    NONE,
    /** The first token is the more probable one. */
    GREEDY_START,
    /** Rejected completions are returned. */
    KEEPS_REJECTED,
    /** Log-probabilities are those of the target. */
    WRONG_LOG_PROB,
    /** Limits are looked at with twenty times the budget. */
    OVER_BUDGET,
    /** Every other model call is left out. */
    HIDES_CALLS,
    /** A run cut by its budget is called done. */
    CALLED_DONE,
    /** Nothing is returned where the budget is spent. */
    NO_PARTIAL_RESULT,
    /** The seed is not the only source of chance. */
    UNSEEDED,
    /** The seed changes nothing. */
    IGNORES_SEED,
    /** Intervals are a tenth as wide as they must be. */
    NARROW,
    /** The estimate is called exact. */
    CALLED_EXACT,
    /** Where nothing passes, something is still estimated. */
    NEVER_ZERO
  }

  private static long unseeded;

  private final Flaw flaw;
  private final SamplerTask task;
  private final ModelContext context;
  private final CostMeter meter = new CostMeter(() -> 0);
  private final Map<TokenSequence, LogProbs> tree = new HashMap<>();

  private PlainRejection(Flaw flaw, SamplerTask task, ModelContext context) {
    this.flaw = flaw;
    this.task = task;
    this.context = context;
  }

  static SamplerRun run(Flaw flaw, SamplerTask task, int n, Budget budget, long seed) {
    try (ModelContext context =
        task.model()
            .open(task.model().encode(task.prompt()), new ContextOptions(task.maxTokens(), 1))) {
      return new PlainRejection(flaw, task, context).run(n, budget, seed);
    }
  }

  private SamplerRun run(int n, Budget budget, long seed) {
    long start = flaw == Flaw.IGNORES_SEED ? 0 : seed;
    var chooser =
        new RandomChooser(
            flaw == Flaw.UNSEEDED ? Streams.of(start, unseeded++) : Streams.of(start));
    Budget limits = flaw == Flaw.OVER_BUDGET ? budget.times(20) : budget;
    var draws = new ArrayList<SamplerRun.Draw>();
    int tried = 0;
    double rewards = 0;
    while (limits.reached(meter, 0).isEmpty()) {
      SamplerRun.Draw draw = draw(chooser);
      tried++;
      rewards += Math.exp(draw.logReward());
      if (chooser.bernoulli(Math.exp(draw.logReward())) || flaw == Flaw.KEEPS_REJECTED) {
        draws.add(draw);
      }
    }
    StopReason reason = limits.reached(meter, 0).orElse(StopReason.DONE);
    Map<TokenSequence, Double> outcomes = new HashMap<>();
    draws.forEach(d -> outcomes.merge(d.tokens(), 1.0 / draws.size(), Double::sum));
    List<SamplerRun.Draw> first = draws.subList(0, Math.min(n, draws.size()));
    return new SamplerRun(
        flaw == Flaw.NO_PARTIAL_RESULT && draws.size() < n ? List.of() : first,
        outcomes,
        estimate(rewards, tried),
        cost(),
        flaw == Flaw.CALLED_DONE ? StopReason.DONE : reason);
  }

  private SamplerRun.Draw draw(Chooser chooser) {
    int[] prefix = new int[0];
    double logProb = 0;
    while (true) {
      LogProbs behind = behind(prefix);
      int token = choose(prefix, behind, chooser);
      logProb += behind.logProb(token);
      int length = prefix.length + 1;
      prefix = Arrays.copyOf(prefix, length);
      prefix[length - 1] = token;
      meter.addSteps(1);
      boolean ends = task.model().vocabulary().isEnd(token);
      if (ends || length == task.maxTokens()) {
        FinishReason reason = ends ? FinishReason.STOP : FinishReason.LENGTH;
        double logReward =
            task.verifier()
                .logReward(
                    Candidate.complete(task.prompt(), task.model().vocabulary(), prefix, reason));
        meter.addVerifierCalls(1);
        double shown = flaw == Flaw.WRONG_LOG_PROB ? logProb / length : logProb;
        return new SamplerRun.Draw(TokenSequence.of(prefix), shown, logReward);
      }
    }
  }

  private int choose(int[] prefix, LogProbs behind, Chooser chooser) {
    double[] sums = new double[behind.size()];
    double sum = 0;
    for (int token = 0; token < sums.length; token++) {
      sum += Math.exp(behind.logProb(token));
      sums[token] = sum;
    }
    if (flaw == Flaw.GREEDY_START && prefix.length == 0) {
      return behind.logProb(0) > behind.logProb(1) ? 0 : 1;
    }
    return chooser.categorical(sums, 0, sums.length);
  }

  private LogProbs behind(int[] prefix) {
    return tree.computeIfAbsent(
        TokenSequence.of(prefix),
        _ -> {
          LogProbs made = context.next(new int[][] {prefix})[0];
          meter.addNodesExpanded(1);
          meter.modelUsage(context.usage());
          return made;
        });
  }

  private Cost cost() {
    Cost cost = meter.cost();
    long hidden = flaw == Flaw.HIDES_CALLS ? cost.modelCalls() / 2 : 0;
    return new Cost(
        cost.promptTokens(),
        cost.modelTokens(),
        cost.modelCalls() - hidden,
        cost.decodeCalls(),
        cost.nodesExpanded(),
        cost.cachedTokens(),
        cost.valueCalls(),
        cost.verifierCalls(),
        cost.steps(),
        cost.wallNanos());
  }

  /** Hoeffding's interval. */
  private Estimate estimate(double rewards, int tried) {
    double mean = tried == 0 ? 0 : rewards / tried;
    if (flaw == Flaw.CALLED_EXACT) {
      return Estimate.exactly(mean, Interval.exactly(mean), "mean");
    }
    if (flaw == Flaw.NEVER_ZERO && mean == 0) {
      mean = 0.5 / tried;
    }
    double width = Math.sqrt(Math.log(2 / 0.05) / (2.0 * Math.max(1, tried)));
    double half = flaw == Flaw.NARROW ? width / 10 : width;
    return Estimate.of(
        mean,
        half / 2,
        Interval.guaranteed(mean - half, mean + half),
        Interval.certain(0, 1),
        0.95,
        Bias.NONE,
        "Hoeffding");
  }

  /** One completion of the model as a function of choices, accepted or not. */
  static TokenSequence plain(SamplerTask task, Chooser chooser) {
    try (ModelContext context =
        task.model()
            .open(task.model().encode(task.prompt()), new ContextOptions(task.maxTokens(), 1))) {
      return new PlainRejection(Flaw.NONE, task, context).draw(chooser).tokens();
    }
  }
}
