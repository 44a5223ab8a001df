package io.tailwalk.lab.ess;

import java.util.Arrays;
import java.util.List;

/**
 * The error of one sampler in one cell.
 *
 * @param contender the sampler
 * @param target wanted mean number of nodes
 * @param trials the runs; run i of every sampler has the same errors in its values
 */
record Measurement(Contender contender, long target, List<Trial> trials) {
  /** A sampler that uses less than this share of its budget has ended by itself. */
  private static final double USES_BUDGET = 0.8;

  /** Keeps a copy. */
  Measurement {
    trials = List.copyOf(trials);
  }

  double meanNodes() {
    return trials.stream().mapToLong(Trial::nodes).average().orElse(0);
  }

  /** Nodes used, as a share of the target. */
  double share() {
    return meanNodes() / target;
  }

  int empty() {
    return (int) trials.stream().filter(Trial::empty).count();
  }

  /** Root mean squared error at the nodes used. */
  double rawRmse() {
    return Math.sqrt(meanSquare());
  }

  /**
   * Root mean squared error at the target: variance falls as one over the budget, so the remaining
   * difference between nodes used and target is corrected by {@code sqrt(used/target)}. A sampler
   * that ends by itself long before the target is not corrected.
   */
  double rmse() {
    return rawRmse() * (share() >= USES_BUDGET ? Math.sqrt(share()) : 1);
  }

  /** Standard error of {@link #rmse}, by the delta method. */
  double rmseStandardError() {
    return rmse() * relativeError(trials.stream().mapToDouble(t -> square(t) / meanSquare()));
  }

  /** This error divided by that of another sampler. */
  double ratioTo(Measurement other) {
    return rmse() / other.rmse();
  }

  /** Standard error of {@link #ratioTo}, by the delta method over paired runs. */
  double ratioStandardError(Measurement other) {
    var differences =
        java.util.stream.IntStream.range(0, trials.size())
            .mapToDouble(i ->
                square(trials.get(i)) / meanSquare()
                    - square(other.trials.get(i)) / other.meanSquare());
    return ratioTo(other) * relativeError(differences);
  }

  /** The measurement over runs resampled from its own, for a bootstrap. */
  Measurement resampled(int[] runs) {
    return new Measurement(contender, target, Arrays.stream(runs).mapToObj(trials::get).toList());
  }

  private double relativeError(java.util.stream.DoubleStream terms) {
    double[] values = terms.toArray();
    double mean = Arrays.stream(values).average().orElse(0);
    double squares = Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
    int n = values.length;
    return n < 2 ? Double.NaN : 0.5 * Math.sqrt(squares / (n - 1.0) / n);
  }

  private double meanSquare() {
    return trials.stream().mapToDouble(Measurement::square).average().orElse(Double.NaN);
  }

  private static double square(Trial trial) {
    return trial.error() * trial.error();
  }
}
