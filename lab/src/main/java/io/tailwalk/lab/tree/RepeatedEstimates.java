package io.tailwalk.lab.tree;

import io.tailwalk.core.interval.Bias;
import io.tailwalk.core.interval.EndKind;
import io.tailwalk.core.interval.Estimate;
import io.tailwalk.core.interval.Interval;
import io.tailwalk.statistics.Scaled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * Combines the estimates of independent repeats into one: the mean of their values, with ends
 * chosen by rank among the ends of the repeats. Each end of a repeat misses with probability 0.025
 * at most, so the j-th tightest of R ends misses with at most the probability of j or more
 * successes in R trials; j is the least number for which this is 0.025 at most (2 for up to 10
 * repeats, 7 for 100). The choice assumes nothing about the distribution of the values. The ends
 * move closer together as R grows, and closer to the true value if every interval is valid. Certain
 * ends are certain for all repeats. If repeats contradict each other, only the certain ends remain.
 */
final class RepeatedEstimates {
  /** Probability with which one end of a 95% interval may miss. */
  private static final double ONE_SIDE = 0.025;

  private static final double LEVEL = 0.95;

  private RepeatedEstimates() {}

  /**
   * The estimate over repeats; for a single repeat, its own estimate.
   *
   * @param repeats at least one estimate; an empty one printed nothing
   * @return empty if no repeat printed anything
   */
  static Optional<Estimate> of(List<Optional<Estimate>> repeats) {
    List<Estimate> printed = repeats.stream().flatMap(Optional::stream).toList();
    Optional<Estimate> exact = printed.stream().filter(Estimate::isExact).findFirst();
    if (repeats.size() == 1 || printed.isEmpty() || exact.isPresent()) {
      return exact.isPresent() ? exact : repeats.getFirst();
    }
    int silent = repeats.size() - printed.size();
    Interval certain =
        printed.stream().map(Estimate::certain).reduce(Interval.NON_NEGATIVE, Interval::meet);
    double mean = printed.stream().mapToDouble(Estimate::value).average().orElse(0);
    double value = Math.clamp(mean, certain.low(), certain.high());
    Bias bias = printed.stream().map(Estimate::bias).reduce(Bias.NONE, Bias::with);
    return Optional.of(
        new Estimate(
            value,
            standardError(printed),
            byRank(printed, Estimate::interval, silent, certain, value),
            certain,
            byRank(printed, Estimate::guaranteed, silent, certain, value),
            LEVEL,
            silent == 0 ? bias : Bias.UNKNOWN,
            "mean over " + repeats.size() + " runs, ends by rank among the runs"));
  }

  private static double standardError(List<Estimate> printed) {
    Scaled scaled = Scaled.of(printed.stream().mapToDouble(Estimate::value).toArray());
    double[] values = scaled.values();
    double mean = Arrays.stream(values).average().orElse(0);
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    double n = printed.size();
    return n < 2 ? Double.NaN : scaled.back(Math.sqrt(squares / (n - 1) / n));
  }

  private static Interval byRank(
      List<Estimate> printed,
      Function<Estimate, Interval> part,
      int silent,
      Interval certain,
      double value) {
    List<Interval> all = new ArrayList<>(printed.stream().map(part).toList());
    for (int i = 0; i < silent; i++) {
      all.add(Interval.LINE);
    }
    int rank = rank(all.size());
    List<Interval> lows =
        all.stream()
            .sorted(Comparator.comparingDouble(Interval::low).reversed())
            .limit(rank)
            .toList();
    List<Interval> highs =
        all.stream().sorted(Comparator.comparingDouble(Interval::high)).limit(rank).toList();
    double low = lows.getLast().low();
    double high = highs.getLast().high();
    if (!(low < high)) {
      return certain;
    }
    EndKind lowKind = weakest(lows, Interval::lowKind);
    EndKind highKind = weakest(highs, Interval::highKind);
    return new Interval(Math.min(low, value), lowKind, Math.max(high, value), highKind)
        .meet(certain);
  }

  private static EndKind weakest(List<Interval> chosen, Function<Interval, EndKind> kind) {
    return chosen.stream().map(kind).max(Comparator.naturalOrder()).orElse(EndKind.OPEN);
  }

  /** The least j for which j or more of this many ends miss with probability 0.025 at most. */
  static int rank(int repeats) {
    var misses = BinomialDistribution.of(repeats, ONE_SIDE);
    int rank = 1;
    while (rank < repeats && misses.survivalProbability(rank - 1) > ONE_SIDE * (1 + 1e-9)) {
      rank++;
    }
    return rank;
  }
}
