package io.tailwalk.lab.codetests;

import io.tailwalk.core.random.RandomChooser;
import io.tailwalk.report.Estimate;
import io.tailwalk.sampling.Completion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;
import java.util.random.RandomGenerator;

/**
 * The samples of one function.
 *
 * @param function the function whose test cases are sampled
 * @param reference lines of weighted descents that estimate the target
 * @param referenceSize effective number of independent reference lines, by Kish's formula
 * @param referenceTokens cost of the reference in model tokens
 * @param mass probability that a line of the model itself passes
 * @param runs runs of each sampler, in order
 * @param seed seed of the bootstrap
 */
record FunctionResults(
    TestedFunction function,
    List<Completion> reference,
    double referenceSize,
    long referenceTokens,
    double mass,
    Map<String, List<CodeRun>> runs,
    long seed) {
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
        BasicBootstrap.interval(
            distance.applyAsDouble(distribution(label), target()),
            seed,
            random -> {
              CaseDistribution reference = resampledReference(random);
              return distance.applyAsDouble(resampled(label, random), reference);
            });
    return new Estimate(Math.max(0, all.low()), all.value(), all.high());
  }

  /**
   * By how much a sampler is closer to the target than sampling without backtracking. Both are
   * compared with the same target. Sampling noise increases the distance between samples, more so
   * for a sampler with fewer independent draws; this disadvantages walks and particles.
   */
  double nearer(String label, Distance distance) {
    return nearer(distribution(Entry.ACTION_LEVEL), distribution(label), target(), distance);
  }

  /** The same with resampled runs and a resampled reference. */
  double nearerResampled(String label, Distance distance, RandomGenerator random) {
    CaseDistribution reference = resampledReference(random);
    return nearer(
        resampled(Entry.ACTION_LEVEL, random), resampled(label, random), reference, distance);
  }

  private static double nearer(
      CaseDistribution actionLevel,
      CaseDistribution other,
      CaseDistribution target,
      Distance distance) {
    return distance.applyAsDouble(actionLevel, target) - distance.applyAsDouble(other, target);
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
