package io.tailwalk.coverage.passk;

import io.tailwalk.coverage.CoverageException;
import io.tailwalk.coverage.Interval;
import io.tailwalk.coverage.stats.RatioEstimate;
import java.util.Arrays;
import java.util.List;

/**
 * The difference of two runs at one k, over the same prompts.
 *
 * @param k number of samples
 * @param difference mean over prompts of first less second
 * @param interval Student t over the differences of prompts, pointwise
 * @param better prompts where the first is higher
 * @param worse prompts where it is lower
 */
public record PairedPoint(long k, double difference, Interval interval, long better, long worse) {

  /**
   * From success probabilities that are known exactly.
   *
   * @param first one a prompt
   * @param second of the same prompts in the same order
   * @param delta error probability of the interval
   * @throws CoverageException if the prompts differ
   */
  public static PairedPoint ofMasses(
      List<PromptMass> first, List<PromptMass> second, long k, double delta) {
    if (!first.stream()
        .map(PromptMass::promptId)
        .toList()
        .equals(second.stream().map(PromptMass::promptId).toList())) {
      throw new CoverageException("the two runs have different prompts");
    }
    double[] differences = new double[first.size()];
    Arrays.setAll(
        differences,
        i -> MassCurve.pass(first.get(i).value(), k) - MassCurve.pass(second.get(i).value(), k));
    return of(k, differences, delta);
  }

  static PairedPoint of(long k, double[] differences, double delta) {
    double[] ones = new double[differences.length];
    Arrays.fill(ones, 1.0);
    RatioEstimate mean = RatioEstimate.of(differences, ones);
    Interval t = mean.interval(delta);
    return new PairedPoint(
        k,
        mean.value(),
        new Interval(Math.max(-1.0, t.low()), Math.min(1.0, t.high())),
        Arrays.stream(differences).filter(d -> d > 0).count(),
        Arrays.stream(differences).filter(d -> d < 0).count());
  }
}
