package io.tailwalk.lab.rivals;

import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.random.Streams;
import io.tailwalk.lab.Measured;
import io.tailwalk.lab.Problems;
import io.tailwalk.runs.work.Workers;
import io.tailwalk.sampling.RunOptions;
import io.tailwalk.sampling.Sampling;
import java.util.List;

/**
 * One sampler on one problem.
 *
 * @param known the problem
 * @param entrant the sampler
 * @param error mean error, in standard deviations of the target
 * @param square mean squared error
 * @param tokens mean number of model tokens
 * @param empty runs without a completion
 */
record RivalCell(
    RivalCase known, Entrant entrant, Measured error, Measured square, Measured tokens, int empty) {
  /** Model tokens of a run for each letter of the length. */
  static final int TOKENS_PER_LETTER = 64;

  /** More completions than any budget here allows. */
  private static final int DRAWS = 4096;

  private record Trial(double error, long tokens, boolean empty) {}

  /** Independent runs. */
  static RivalCell of(RivalCase known, Entrant entrant, int repeats, Workers workers, long seed) {
    Budget budget = Budget.ofModelTokens((long) TOKENS_PER_LETTER * known.length());
    List<Trial> trials =
        workers.map(
            repeats,
            repeat -> {
              var options = RunOptions.of(DRAWS, budget, Streams.key(seed, repeat));
              Sampling run = Problems.run(known.problem(), entrant.sampler(), options);
              return new Trial(
                  known.error(run.outcomes()), run.cost().modelTokens(), run.outcomes().isEmpty());
            });
    return new RivalCell(
        known,
        entrant,
        Measured.of(trials.stream().mapToDouble(Trial::error).toArray()),
        Measured.of(trials.stream().mapToDouble(trial -> trial.error() * trial.error()).toArray()),
        Measured.of(trials.stream().mapToDouble(Trial::tokens).toArray()),
        (int) trials.stream().filter(Trial::empty).count());
  }

  /** Root mean squared error. */
  double rmse() {
    return Math.sqrt(square.value());
  }

  /** Standard error of {@link #rmse}, by the delta method. */
  double rmseStandardError() {
    return square.standardError() / (2 * rmse());
  }
}
