package io.tailwalk.lab.dyck;

import io.tailwalk.builtin.problem.Problem;
import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.random.Streams;
import io.tailwalk.lab.EqualCost;
import io.tailwalk.lab.Problems;
import io.tailwalk.runs.work.Workers;
import io.tailwalk.sampling.RunOptions;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs samplers so that all use the same number of model tokens on average. Some samplers finish
 * the work they have started, others stop before it; a few separate runs therefore find the budget
 * at which a sampler's mean use equals the target.
 *
 * @param workers threads that run the samplers
 * @param bins groups of completions
 * @param repeats measured runs of each sampler
 * @param seed seed of all randomness
 */
record Bench(Workers workers, Bins bins, int repeats, long seed) {
  private static final int PRE_RUNS = 3;
  private static final EqualCost EQUAL = new EqualCost(2, 0.05);

  /** Measured runs of a sampler, at a mean use near the target. */
  List<Trial> trials(Problem problem, Entrant entrant, long target) {
    long other = Streams.key(seed, 1);
    long budget =
        EQUAL.budget(
            target,
            tried ->
                run(problem, entrant, tried, other, PRE_RUNS).stream()
                    .mapToLong(Trial::modelTokens)
                    .average()
                    .orElse((double) target));
    return run(problem, entrant, budget, Streams.key(seed, 2), repeats);
  }

  private List<Trial> run(Problem problem, Entrant entrant, long tokens, long key, int count) {
    var budget = Budget.ofModelTokens(tokens).withSteps(tokens * entrant.stepsPerToken());
    List<Trial> trials = new ArrayList<>();
    workers
        .map(
            count,
            repeat -> {
              var options =
                  RunOptions.of(1, budget, Streams.key(key, repeat)).toTheEndOfTheBudget();
              var sampling = Problems.run(problem, entrant.sampler(), options);
              return Trial.of(sampling, bins, entrant.baseline());
            })
        .forEach(trials::add);
    return trials;
  }
}
