package io.tailwalk.lab.codetests;

import io.tailwalk.core.random.RandomChooser;
import io.tailwalk.core.random.Streams;
import io.tailwalk.report.Estimate;
import io.tailwalk.sampling.Completion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;
import java.util.random.RandomGenerator;

/**
 * The samples of the experiment.
 *
 * @param reference lines of weighted descents that estimate the target
 * @param referenceSize effective number of independent reference lines, by Kish's formula
 * @param referenceTokens cost of the reference in model tokens
 * @param mass probability that a line of the model itself passes
 * @param runs runs of each sampler, in order
 * @param seed seed of the bootstrap
 */
record CodeResults(
    List<Completion> reference,
    double referenceSize,
    long referenceTokens,
    double mass,
    Map<String, List<CodeRun>> runs,
    long seed) {
  private static final int RESAMPLES = 1000;
  private static final double TAIL = 0.025;

  /**
   * A run.
   *
   * @param distribution weighted distribution of the returned lines
   * @param returned number of distinct lines, whichever token ends them
   * @param passing number of distinct lines that pass when the complete line is run
   * @param modelTokens cost in model tokens
   * @param example a completion; empty if there is none
   */
  record CodeRun(
      CaseDistribution distribution, int returned, int passing, long modelTokens, String example) {}

  /** A distance between two distributions. */
  interface Distance extends ToDoubleBiFunction<CaseDistribution, CaseDistribution> {}

  /** The runs of a sampler. */
  List<CodeRun> of(String label) {
    return runs.getOrDefault(label, List.of());
  }

  /** The target distribution as estimated by the reference. */
  CaseDistribution target() {
    return CaseDistribution.of(reference);
  }

  /** The distribution of a sampler: the mean over its runs. */
  CaseDistribution distribution(String label) {
    return CaseDistribution.mean(of(label).stream().map(CodeRun::distribution).toList());
  }

  /**
   * A sampler's distance to the target, at least 0; the interval is a bootstrap over runs and
   * reference.
   */
  Estimate distance(String label, Distance distance) {
    Estimate all =
        interval(
            distance.applyAsDouble(distribution(label), target()),
            (reference, random) -> distance.applyAsDouble(resampled(label, random), reference));
    return new Estimate(Math.max(0, all.low()), all.value(), all.high());
  }

  /**
   * By how much a sampler is closer to the target than sampling without backtracking. Both are
   * compared with the same resampled reference. Sampling noise increases the distance between
   * samples, more so for a sampler with fewer independent draws; this disadvantages walks and
   * particles.
   */
  Estimate nearer(String label, Distance distance) {
    double value =
        distance.applyAsDouble(distribution(Entry.ACTION_LEVEL), target())
            - distance.applyAsDouble(distribution(label), target());
    return interval(
        value,
        (reference, random) ->
            distance.applyAsDouble(resampled(Entry.ACTION_LEVEL, random), reference)
                - distance.applyAsDouble(resampled(label, random), reference));
  }

  private interface Resample {
    double once(CaseDistribution reference, RandomGenerator random);
  }

  /**
   * The basic bootstrap {@code [2 v - q(.975), 2 v - q(.025)]} (Davison and Hinkley, "Bootstrap
   * Methods and their Application", 1997, Section 2.2.1), widened to contain the value.
   */
  private Estimate interval(double value, Resample resample) {
    if (Double.isNaN(value)) {
      return Estimate.exactly(value);
    }
    RandomGenerator random = Streams.of(seed, RESAMPLES);
    double[] values = new double[RESAMPLES];
    for (int i = 0; i < RESAMPLES; i++) {
      values[i] = resample.once(resampledReference(random), random);
    }
    double[] known = Arrays.stream(values).filter(x -> !Double.isNaN(x)).sorted().toArray();
    double low = 2 * value - known[(int) ((1 - TAIL) * (known.length - 1))];
    double high = 2 * value - known[(int) (TAIL * (known.length - 1))];
    return new Estimate(Math.min(low, value), value, Math.max(high, value));
  }

  /** Draws from the weighted lines; their number is the effective number of lines. */
  private CaseDistribution resampledReference(RandomGenerator random) {
    double[] cumulative = new double[reference.size()];
    double sum = 0;
    for (int i = 0; i < cumulative.length; i++) {
      sum += reference.get(i).weight();
      cumulative[i] = sum;
    }
    var chooser = new RandomChooser(random);
    List<Completion> drawn = new ArrayList<>();
    for (long i = Math.max(1, Math.round(referenceSize)); i > 0; i--) {
      Completion line = reference.get(chooser.categorical(cumulative, 0, cumulative.length));
      drawn.add(line.withWeight(1));
    }
    return CaseDistribution.of(drawn);
  }

  private CaseDistribution resampled(String label, RandomGenerator random) {
    List<CodeRun> all = of(label);
    List<CaseDistribution> drawn = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      drawn.add(all.get(random.nextInt(all.size())).distribution());
    }
    return CaseDistribution.mean(drawn);
  }
}
