package io.tailwalk.lab.dyck;

import io.tailwalk.lab.Measured;
import io.tailwalk.lab.exact.CellDistributions;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The figures of a sampler at a number of model tokens, as means over runs.
 *
 * @param entrant the sampler
 * @param accuracy share of the sampler's finished responses that are valid
 * @param distinct number of distinct valid responses of a run
 * @param l1 distance of its distribution from the target, twice the total variation, between groups
 *     of completions and without the bias of sampling noise; NaN if too few runs had a completion
 * @param effective size of a run's sample in independent draws
 * @param modelTokens model tokens that a run used
 */
record Point(
    Entrant entrant,
    Measured accuracy,
    Measured distinct,
    Measured l1,
    Measured effective,
    double modelTokens) {
  private static final int LEAST_RUNS = 4;

  static Point of(Entrant entrant, List<Trial> trials, Bins bins) {
    return new Point(
        entrant,
        measured(trials, Trial::accuracy),
        measured(trials, Trial::distinct),
        l1(trials, bins),
        measured(trials, Trial::effective),
        trials.stream().mapToLong(Trial::modelTokens).average().orElse(0));
  }

  private static Measured measured(List<Trial> trials, ToDoubleFunction<Trial> of) {
    return Measured.of(trials.stream().mapToDouble(of).toArray());
  }

  private static Measured l1(List<Trial> trials, Bins bins) {
    List<double[]> distributions =
        trials.stream().filter(trial -> trial.distinct() > 0).map(Trial::distribution).toList();
    if (distributions.size() < LEAST_RUNS) {
      return new Measured(Double.NaN, Double.NaN);
    }
    Measured half = new CellDistributions(bins.target(), distributions).totalVariation();
    return new Measured(2 * half.value(), 2 * half.standardError());
  }
}
