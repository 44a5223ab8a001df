package io.tailwalk.lab.parity;

import io.tailwalk.builtin.problem.Problem;
import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.cost.Cost;
import io.tailwalk.core.random.Streams;
import io.tailwalk.lab.LabelledSampler;
import io.tailwalk.lab.WholeBudget;
import io.tailwalk.sampling.Sampler;
import java.util.List;
import java.util.Map;

/**
 * A sampler as a search for a rewarded response: one walk or descent at a time, values as they are.
 *
 * @param label its row
 * @param sampler made from the registry
 * @param planned whether it plans by its budget: it is then given {@link #FIRST_BUDGET} tokens a
 *     letter, and twice as many each time it finds nothing
 */
record Searcher(String label, Sampler sampler, boolean planned) implements LabelledSampler {
  /** Particles of a system of {@link #SMC}. */
  static final int PARTICLES = 16;

  /** Tokens a letter that {@link #AUTO} is given first: the default of {@code generate}. */
  static final int FIRST_BUDGET = 16;

  /** Steps after which a search is given up: many times what any should need. */
  private static final long MOST_STEPS = 4_000_000;

  /** All, the one without backtracking first. */
  static List<Searcher> all() {
    String unlimited = "" + Integer.MAX_VALUE;
    Map<String, String> one = Map.of("parallel", "1");
    Map<String, String> walk =
        Map.of("walks", "1", "tours", unlimited, "calibrate", "0", "tokens_per_call", "0");
    Map<String, String> particles = Map.of("particles", "" + PARTICLES);
    return List.of(
        new Searcher(ACTION_LEVEL, WholeBudget.sampler("action-rejection", one), false),
        new Searcher(OUTCOME_LEVEL, WholeBudget.sampler("best-of-n", one), false),
        new Searcher(VGB, WholeBudget.sampler(VGB, walk), false),
        new Searcher(MOMENTUM, WholeBudget.sampler(MOMENTUM, walk), false),
        new Searcher(SMC, WholeBudget.sampler(SMC, particles), false),
        new Searcher(AUTO, WholeBudget.sampler(AUTO, Map.of()), true));
  }

  /** A search of a problem. */
  Attempt search(Problem problem, long seed) {
    if (!planned) {
      return Attempt.of(problem, sampler, Budget.UNLIMITED.withSteps(MOST_STEPS), seed);
    }
    Cost spent = Cost.ZERO;
    long tokens = (long) FIRST_BUDGET * problem.maxTokens();
    for (int round = 0; spent.steps() < MOST_STEPS; round++) {
      Budget budget = Budget.ofModelTokens(tokens << round);
      Attempt attempt = Attempt.of(problem, sampler, budget, Streams.key(seed, round));
      spent = spent.plus(attempt.cost());
      if (attempt.found()) {
        return new Attempt(true, spent);
      }
    }
    return new Attempt(false, spent);
  }
}
