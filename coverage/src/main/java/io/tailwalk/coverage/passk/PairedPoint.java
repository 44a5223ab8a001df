package io.tailwalk.coverage.passk;

import io.tailwalk.core.interval.Interval;
import io.tailwalk.coverage.CoverageException;
import io.tailwalk.coverage.paired.Needed;
import io.tailwalk.coverage.paired.Power;
import io.tailwalk.coverage.stats.RatioEstimate;
import io.tailwalk.statistics.Gaffke;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The difference of two runs at one k, over the same prompts.
 *
 * @param k number of samples
 * @param difference mean over prompts of first minus second
 * @param interval Gaffke's over the differences of prompts, which lie in [-1, 1]; pointwise, for
 *     the distribution that the prompts were drawn from
 * @param better prompts where the first is higher
 * @param worse prompts where the first is lower
 */
public record PairedPoint(long k, double difference, Interval interval, long better, long worse) {

  /**
   * The difference from success probabilities. It lies between the first's lower end minus the
   * second's upper end and the first's upper end minus the second's lower end; it is missed if one
   * of the two is, so the ends lose twice epsilon: {@link PromptEnds#ofPopulation}.
   *
   * @param first one per prompt
   * @param second of the same prompts in the same order
   * @param error probability with which each success probability's interval may miss; not used if
   *     all are known
   * @param delta error probability of the interval
   * @throws CoverageException if the prompts differ
   */
  public static PairedPoint ofSuccesses(
      List<PromptSuccess> first, List<PromptSuccess> second, long k, double error, double delta) {
    if (!first.stream()
        .map(PromptSuccess::promptId)
        .toList()
        .equals(second.stream().map(PromptSuccess::promptId).toList())) {
      throw new CoverageException("the two runs have different prompts");
    }
    double[] differences = new double[first.size()];
    List<Interval> ends = new ArrayList<>();
    for (int i = 0; i < differences.length; i++) {
      SuccessCurve.Prediction one = SuccessCurve.predict(first.get(i), k);
      SuccessCurve.Prediction other = SuccessCurve.predict(second.get(i), k);
      differences[i] = one.value() - other.value();
      ends.add(less(one.interval(), other.interval()));
    }
    return of(k, differences, PromptEnds.ofPopulation(ends, -1, 1, error, delta));
  }

  /** The interval of the difference of two numbers; each end has the weaker kind of its two. */
  private static Interval less(Interval one, Interval other) {
    return new Interval(
        one.low() - other.high(),
        one.lowKind().compareTo(other.highKind()) >= 0 ? one.lowKind() : other.highKind(),
        one.high() - other.low(),
        one.highKind().compareTo(other.lowKind()) >= 0 ? one.highKind() : other.lowKind());
  }

  /**
   * How many more prompts, with as many samples each, would settle the difference.
   *
   * @param differences of the prompts
   */
  Contrast withPower(double[] differences, double delta) {
    double error = standardError(differences);
    return new Contrast(
        this, Power.prompts(difference, interval, error, differences.length, delta));
  }

  /** The standard error of the mean of the differences of prompts. */
  static double standardError(double[] differences) {
    double[] ones = new double[differences.length];
    Arrays.fill(ones, 1.0);
    return RatioEstimate.of(differences, ones).standardError();
  }

  /** The differences of prompts, from the values of both runs in the same order. */
  static double[] minus(double[] first, double[] second) {
    double[] differences = new double[first.length];
    Arrays.setAll(differences, i -> first[i] - second[i]);
    return differences;
  }

  /**
   * A difference and what would settle it.
   *
   * @param point the difference
   * @param furtherPrompts how many more prompts, with as many samples each
   */
  public record Contrast(PairedPoint point, Needed furtherPrompts) {}

  static PairedPoint of(long k, double[] differences, double delta) {
    return of(k, differences, Gaffke.interval(differences, -1, 1, delta));
  }

  static PairedPoint of(long k, double[] differences, Interval interval) {
    return new PairedPoint(
        k,
        Arrays.stream(differences).average().orElseThrow(),
        interval,
        Arrays.stream(differences).filter(d -> d > 0).count(),
        Arrays.stream(differences).filter(d -> d < 0).count());
  }
}
