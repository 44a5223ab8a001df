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
 * What was drawn.
 *
 * @param reference lines of descents weighted to follow the target, by weight
 * @param referenceSize how many independent draws they are worth, by Kish's formula
 * @param referenceTokens their cost in model tokens
 * @param mass probability that a line of the model itself passes
 * @param runs of each sampler, in order
 * @param seed of the bootstrap
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
   * @param distribution of what it returned, by weight
   * @param returned distinct lines; which token ends a line makes no difference
   * @param passing of them, by running the whole line
   * @param modelTokens cost
   * @param example a completion; empty if none
   */
  record CodeRun(
      CaseDistribution distribution, int returned, int passing, long modelTokens, String example) {}

  /** A distance between two distributions. */
  interface Distance extends ToDoubleBiFunction<CaseDistribution, CaseDistribution> {}

  /** The runs of a sampler. */
  List<CodeRun> of(String label) {
    return runs.getOrDefault(label, List.of());
  }

  /** The target's distribution as far as the reference knows it. */
  CaseDistribution target() {
    return CaseDistribution.of(reference);
  }

  /** The distribution of a sampler, the mean over its runs. */
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
   * How much nearer to the target a sampler is than sampling without backtracking. Both are
   * measured against the same resampled reference. A distance between samples is too large by their
   * noise, more so for a sampler with fewer independent draws, which speaks against walks and
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
   * Methods and their Application", 1997, Section 2.2.1), widened to hold the value.
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

  /** As many draws from the weighted lines as they are worth. */
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
