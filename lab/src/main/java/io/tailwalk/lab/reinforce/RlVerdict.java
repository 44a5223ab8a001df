package io.tailwalk.lab.reinforce;

import io.tailwalk.core.interval.Interval;
import io.tailwalk.core.random.Streams;
import io.tailwalk.coverage.stats.ClusterBootstrap;
import io.tailwalk.lab.Verdict;
import io.tailwalk.lab.graph.RankCorrelation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * Whether the final pass@1 follows coverage and pass@N over the checkpoints, and not cross-entropy.
 *
 * <p>The rule: the agreements with coverage and with pass@N are both above 0, and both exceed that
 * with cross-entropy, each with a 95% interval above 0. The bootstrap resamples the problems, each
 * with its own run of reinforcement learning and hence its own draws, the held-out prompts and the
 * prompts of the data, the same for all checkpoints; the checkpoints are fixed.
 *
 * @param coverage agreement with coverage
 * @param pass agreement with pass@N
 * @param crossEntropy agreement with cross-entropy
 * @param coverageOver agreement with coverage minus that with cross-entropy
 * @param passOver agreement with pass@N minus that with cross-entropy
 * @param others agreements outside the verdict
 */
record RlVerdict(
    Agreement coverage,
    Agreement pass,
    Agreement crossEntropy,
    Agreement coverageOver,
    Agreement passOver,
    List<Agreement> others)
    implements Verdict {
  private static final int REPLICATES = 2000;
  private static final double DELTA = 0.05;
  private static final long BOOTSTRAP = 0xB007;

  /** Keeps a copy. */
  RlVerdict {
    others = List.copyOf(others);
  }

  /**
   * The verdict on measured checkpoints.
   *
   * @param seed of the bootstrap
   */
  static RlVerdict of(RlPlan plan, List<Reinforced> checkpoints, long seed) {
    List<Predictor> predictors = RlFigures.predictors(plan);
    var table = new Table(checkpoints, predictors);
    double[] measured = table.agreements(table.everything());
    double[][] replicates = new double[REPLICATES][];
    for (int b = 0; b < REPLICATES; b++) {
      replicates[b] = table.agreements(table.resampled(Streams.of(seed, BOOTSTRAP, b)));
    }
    List<Agreement> all = new ArrayList<>();
    for (int k = 0; k < predictors.size(); k++) {
      int of = k;
      all.add(
          agreement(
              predictors.get(k).name(),
              measured[k],
              Arrays.stream(replicates).mapToDouble(replicate -> replicate[of])));
    }
    return new RlVerdict(
        all.get(0),
        all.get(1),
        all.get(2),
        difference(all.get(0), all.get(2), replicates, 0),
        difference(all.get(1), all.get(2), replicates, 1),
        all.subList(3, all.size()));
  }

  private static Agreement difference(
      Agreement one, Agreement crossEntropy, double[][] replicates, int index) {
    return agreement(
        one.predictor() + " minus " + crossEntropy.predictor(),
        one.value() - crossEntropy.value(),
        Arrays.stream(replicates).mapToDouble(replicate -> replicate[index] - replicate[2]));
  }

  /** Replicates without a correlation, all of whose values are equal, count as 0. */
  private static Agreement agreement(
      String name, double value, java.util.stream.DoubleStream replicates) {
    double[] values = replicates.map(each -> Double.isNaN(each) ? 0 : each).toArray();
    return new Agreement(
        name,
        value,
        Interval.asymptotic(
            ClusterBootstrap.quantile(values, DELTA / 2),
            ClusterBootstrap.quantile(values, 1 - DELTA / 2)));
  }

  /** Values by checkpoint and prompt. */
  private static final class Table {
    private final List<Predictor> predictors;
    private final double[][] after;
    private final double[][][] values;

    Table(List<Reinforced> checkpoints, List<Predictor> predictors) {
      this.predictors = predictors;
      after =
          checkpoints.stream()
              .map(each -> each.after().stream().mapToDouble(Double::doubleValue).toArray())
              .toArray(double[][]::new);
      values =
          predictors.stream()
              .map(
                  predictor -> checkpoints.stream().map(predictor::values).toArray(double[][]::new))
              .toArray(double[][][]::new);
    }

    /**
     * How often each prompt counts.
     *
     * @param problems of the outcome
     * @param task of predictors on the task
     * @param data of predictors on the data
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Counts(int[] problems, int[] task, int[] data) {}

    Counts everything() {
      return new Counts(ones(after[0].length), ones(size(false)), ones(size(true)));
    }

    Counts resampled(RandomGenerator random) {
      return new Counts(
          drawn(after[0].length, random), drawn(size(false), random), drawn(size(true), random));
    }

    private int size(boolean onData) {
      for (int k = 0; k < values.length; k++) {
        if (predictors.get(k).onData() == onData) {
          return values[k][0].length;
        }
      }
      throw new IllegalStateException("no predictor");
    }

    private static int[] ones(int size) {
      int[] ones = new int[size];
      Arrays.fill(ones, 1);
      return ones;
    }

    private static int[] drawn(int size, RandomGenerator random) {
      int[] counts = new int[size];
      for (int i = 0; i < size; i++) {
        counts[random.nextInt(size)]++;
      }
      return counts;
    }

    double[] agreements(Counts counts) {
      List<Double> outcome = means(after, counts.problems());
      double[] agreements = new double[values.length];
      for (int k = 0; k < values.length; k++) {
        Predictor predictor = predictors.get(k);
        double correlation =
            RankCorrelation.of(
                means(values[k], predictor.onData() ? counts.data() : counts.task()), outcome);
        agreements[k] = predictor.isLoss() ? -correlation : correlation;
      }
      return agreements;
    }

    private static List<Double> means(double[][] byCheckpoint, int[] counts) {
      return Arrays.stream(byCheckpoint).map(row -> mean(row, counts)).toList();
    }

    private static double mean(double[] row, int[] counts) {
      double sum = 0;
      long total = 0;
      for (int i = 0; i < row.length; i++) {
        sum += counts[i] * row[i];
        total += counts[i];
      }
      return sum / total;
    }
  }

  @Override
  public boolean holds() {
    return coverage.isPositive()
        && pass.isPositive()
        && coverageOver.isPositive()
        && passOver.isPositive();
  }

  @Override
  public List<String> summary() {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "agreement of the final pass@1 over the checkpoints: %s with %s, %s with %s, %s with"
                + " %s",
            coverage.text(),
            coverage.predictor(),
            pass.text(),
            pass.predictor(),
            crossEntropy.text(),
            crossEntropy.predictor()));
    lines.add(
        String.format(
            Locale.ROOT,
            "%s: %s; %s: %s (both wanted above 0)",
            coverageOver.predictor(),
            coverageOver.text(),
            passOver.predictor(),
            passOver.text()));
    for (Agreement other : others) {
      lines.add("not part of the verdict: " + other.text() + " with " + other.predictor());
    }
    return lines;
  }
}
