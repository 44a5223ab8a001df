package io.tailwalk.coverage.passk;

import io.tailwalk.core.interval.EndKind;
import io.tailwalk.core.interval.Interval;
import io.tailwalk.coverage.CoverageException;
import io.tailwalk.coverage.stats.Levels;
import io.tailwalk.statistics.Gaffke;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * Intervals for the mean of a quantity over prompts, each known only by an interval {@code [L_i,
 * H_i]} that misses with probability at most epsilon.
 */
public final class PromptEnds {
  private PromptEnds() {}

  /**
   * For the mean over the distribution that the prompts were drawn from. A prompt whose interval
   * misses adds at most the range to {@code E[L]}, so {@code E[L] <= mean + epsilon range}: the
   * lower end is Gaffke's lower end over the L minus epsilon times the range, the upper end
   * likewise over the H. With certain ends epsilon is 0.
   *
   * @param prompts one interval per prompt, within the range
   * @param least smallest value of the quantity
   * @param most largest value
   * @param epsilon probability with which each prompt's interval may miss
   * @param delta error probability of the result, in addition to epsilon
   */
  public static Interval ofPopulation(
      List<Interval> prompts, double least, double most, double epsilon, double delta) {
    check(prompts, epsilon, delta);
    double loss = epsilon * (most - least);
    Interval below = Gaffke.interval(ends(prompts, Interval::low), least, most, delta);
    Interval above = Gaffke.interval(ends(prompts, Interval::high), least, most, delta);
    EndKind lowKind = weakest(prompts, Interval::lowKind);
    EndKind highKind = weakest(prompts, Interval::highKind);
    return new Interval(
            below.low() - (lowKind == EndKind.CERTAIN ? 0 : loss),
            weaker(below.lowKind(), lowKind),
            above.high() + (highKind == EndKind.CERTAIN ? 0 : loss),
            weaker(above.highKind(), highKind))
        .within(least, most);
  }

  /**
   * For the mean over exactly these prompts. Prompts are estimated independently of each other, so
   * the number of intervals that miss is at most q with probability {@code 1 - delta}, q the
   * quantile of the binomial distribution; the value of a missed prompt can be anywhere in the
   * range. So the lower end is the mean of the L with the q largest set to the smallest value, the
   * upper end the mean of the H with the q smallest set to the largest value. With {@code epsilon =
   * delta / m} none is missed and the ends are the means of the ends (Bonferroni).
   *
   * @param prompts one interval per prompt, within the range
   * @param least smallest value of the quantity
   * @param most largest value
   * @param epsilon probability with which each prompt's interval may miss
   * @param delta error probability of the result
   */
  public static Interval ofThese(
      List<Interval> prompts, double least, double most, double epsilon, double delta) {
    check(prompts, epsilon, delta);
    int uncertain = (int) prompts.stream().filter(interval -> !isCertain(interval)).count();
    int missed = quantile(uncertain, epsilon, delta);
    double[] lows = uncertainEnds(prompts, Interval::low, Interval::lowKind);
    double[] highs = uncertainEnds(prompts, Interval::high, Interval::highKind);
    double loss = 0;
    for (int i = 0; i < Math.min(missed, lows.length); i++) {
      loss += lows[lows.length - 1 - i] - least;
    }
    double gain = 0;
    for (int i = 0; i < Math.min(missed, highs.length); i++) {
      gain += most - highs[i];
    }
    int m = prompts.size();
    double low = Arrays.stream(ends(prompts, Interval::low)).average().orElseThrow();
    double high = Arrays.stream(ends(prompts, Interval::high)).average().orElseThrow();
    return new Interval(
            low - loss / m,
            weakest(prompts, Interval::lowKind),
            high + gain / m,
            weakest(prompts, Interval::highKind))
        .within(least, most);
  }

  private static void check(List<Interval> prompts, double epsilon, double delta) {
    Levels.requireDelta(delta);
    if (prompts.isEmpty()) {
      throw new CoverageException("no prompts to average over");
    }
    if (!(epsilon >= 0 && epsilon < 1)) {
      throw new CoverageException(
          "intervals that miss with probability " + epsilon + "; it must lie in [0, 1)");
    }
  }

  /** Smallest q that a binomial number of misses exceeds with probability at most delta. */
  private static int quantile(int prompts, double epsilon, double delta) {
    int q = 0;
    // Rounding of epsilon itself must not cost a prompt: one 95% interval at delta 0.05 misses
    // none.
    while (q < prompts
        && BinomialDistribution.of(prompts, epsilon).survivalProbability(q) > delta * (1 + 1e-9)) {
      q++;
    }
    return q;
  }

  private static double[] ends(List<Interval> prompts, ToDoubleFunction<Interval> end) {
    return prompts.stream().mapToDouble(end).toArray();
  }

  private static double[] uncertainEnds(
      List<Interval> prompts, ToDoubleFunction<Interval> end, Function<Interval, EndKind> kind) {
    return prompts.stream()
        .filter(interval -> kind.apply(interval) != EndKind.CERTAIN)
        .mapToDouble(end)
        .sorted()
        .toArray();
  }

  private static boolean isCertain(Interval interval) {
    return interval.lowKind() == EndKind.CERTAIN && interval.highKind() == EndKind.CERTAIN;
  }

  private static EndKind weakest(List<Interval> prompts, Function<Interval, EndKind> kind) {
    return Collections.max(prompts.stream().map(kind).toList());
  }

  private static EndKind weaker(EndKind one, EndKind other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
