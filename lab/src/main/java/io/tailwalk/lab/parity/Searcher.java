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
 * A sampler as a search for a rewarded response: one walk or descent at a time, unchanged values.
 *
 * @param label label of its row in tables
 * @param sampler made from the registry
 * @param planned whether it plans by its budget; its first budget is then {@link #FIRST_BUDGET}
 *     tokens per letter, and doubles each time it finds no rewarded response
 */
record Searcher(String label, Sampler sampler, boolean planned) implements LabelledSampler {
  /** Number of particles of {@link #SMC}. */
  static final int PARTICLES = 16;

  /** Tokens per letter of the first budget of {@link #AUTO}: the default of {@code generate}. */
  static final int FIRST_BUDGET = 16;

  /** Steps after which a search is given up: many times the expected number. */
  private static final long MOST_STEPS = 4_000_000;

  /** All searchers; the first is without backtracking. */
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

  /** Searches once for a rewarded response of a problem. */
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
