package io.tailwalk.testkit;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Statistical assertions with a stated false-alarm probability: the probability that a correct
 * implementation fails. Each returns the discrepancy it can detect, so that a test can also require
 * that its sample was large enough to fail ({@link Resolution#sees}).
 */
public final class StatisticalAssertions {
  /** Probability with which a discrepancy of the stated size is detected. */
  public static final double POWER = 0.99;

  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  /**
   * Cells with a smaller expected count are pooled: below it the chi-square distribution is a poor
   * fit.
   */
  private static final double MIN_EXPECTED = 10;

  private static final int MIN_NORMAL_SAMPLE = 50;

  private final double falseAlarm;

  private StatisticalAssertions(double falseAlarm) {
    this.falseAlarm = falseAlarm;
  }

  /**
   * Assertions that each fail by chance with at most (for normal approximations: about) the given
   * probability.
   *
   * @param falseAlarm in (0, 0.5); a suite of k assertions fails by chance with at most k times
   *     this probability
   */
  public static StatisticalAssertions at(double falseAlarm) {
    if (!(falseAlarm > 0 && falseAlarm < 0.5)) {
      throw new IllegalArgumentException(
          "the false-alarm probability must lie in (0, 0.5), got " + falseAlarm);
    }
    return new StatisticalAssertions(falseAlarm);
  }

  /**
   * The resolution of an assertion.
   *
   * @param discrepancy the smallest discrepancy detected with probability {@link #POWER}
   * @param unit its unit
   */
  public record Resolution(double discrepancy, String unit) {
    /**
     * Requires that a discrepancy of this size would have been detected.
     *
     * @throws AssertionError if the sample is too small
     */
    public void sees(double wanted) {
      if (!(discrepancy <= wanted)) {
        throw new AssertionError(
            "sample too small: it can only detect "
                + unit
                + " of "
                + discrepancy
                + ", not "
                + wanted
                + "; draw more");
      }
    }
  }

  /**
   * Counts of independent draws follow a distribution: chi-square test, rare outcomes pooled.
   *
   * @param distribution probability of each outcome, summing to 1
   * @param counts number of draws of each outcome
   * @return the detectable {@code sqrt(sum (q-p)^2/p)}, which is at least twice the total variation
   * @throws AssertionError if the counts do not fit, or an outcome of probability zero was drawn
   */
  public <T> Resolution counts(Map<T, Double> distribution, Map<T, Long> counts) {
    long n = counts.values().stream().mapToLong(Long::longValue).sum();
    requireEnough(n * 1.0 >= 2 * MIN_EXPECTED, n);
    for (Map.Entry<T, Long> entry : counts.entrySet()) {
      if (entry.getValue() > 0 && distribution.getOrDefault(entry.getKey(), 0.0) <= 0) {
        throw new AssertionError("drew " + entry.getKey() + ", which has probability zero");
      }
    }
    Map<String, double[]> cells = pooled(distribution, counts, n);
    int df = cells.size() - 1;
    if (df == 0) {
      return new Resolution(Double.POSITIVE_INFINITY, "a chi-distance");
    }
    double statistic =
        cells.values().stream().mapToDouble(c -> (c[0] - c[1]) * (c[0] - c[1]) / c[1]).sum();
    double threshold = ChiSquaredDistribution.of(df).inverseSurvivalProbability(falseAlarm);
    if (!(statistic <= threshold)) {
      throw new AssertionError(
          "counts do not follow the distribution: chi-square "
              + statistic
              + " above "
              + threshold
              + " ("
              + df
              + " degrees of freedom, n = "
              + n
              + ", false alarm "
              + falseAlarm
              + "); worst: "
              + worst(cells));
    }
    return new Resolution(Math.sqrt(noncentrality(threshold, df) / n), "a chi-distance");
  }

  private static <T> Map<String, double[]> pooled(
      Map<T, Double> distribution, Map<T, Long> counts, long n) {
    var cells = new LinkedHashMap<String, double[]>();
    double[] rest = new double[2];
    distribution.forEach((outcome, p) -> {
      long seen = counts.getOrDefault(outcome, 0L);
      if (p * n >= MIN_EXPECTED) {
        cells.put(outcome.toString() + "#" + cells.size(), new double[] {seen, p * n});
      } else {
        rest[0] += seen;
        rest[1] += p * n;
      }
    });
    if (rest[1] >= MIN_EXPECTED || cells.isEmpty()) {
      cells.put("all rare outcomes", rest);
    } else if (rest[1] > 0) {
      double[] smallest =
          cells.values().stream().min((a, b) -> Double.compare(a[1], b[1])).orElse(rest);
      smallest[0] += rest[0];
      smallest[1] += rest[1];
    }
    return cells;
  }

  private static String worst(Map<String, double[]> cells) {
    return cells.entrySet().stream()
        .max((a, b) -> Double.compare(deviation(a.getValue()), deviation(b.getValue())))
        .map(e -> e.getKey() + " drawn " + e.getValue()[0] + " times for " + e.getValue()[1])
        .orElse("none");
  }

  private static double deviation(double[] cell) {
    return Math.abs(cell[0] - cell[1]) / Math.sqrt(cell[1]);
  }

  /** Smallest lambda with P(noncentral chi-square > threshold) at POWER, by the normal fit. */
  private static double noncentrality(double threshold, int df) {
    double z = NORMAL.inverseCumulativeProbability(POWER);
    double low = 0;
    double high = 10 * (threshold + z * z + 10);
    for (int i = 0; i < 100; i++) {
      double lambda = (low + high) / 2;
      boolean seen = df + lambda - z * Math.sqrt(2 * (df + 2 * lambda)) > threshold;
      low = seen ? low : lambda;
      high = seen ? lambda : high;
    }
    return high;
  }

  /**
   * A number of successes fits a probability: exact two-sided binomial test.
   *
   * @return the detectable difference of probabilities
   */
  public Resolution proportion(long successes, int n, double p) {
    var binomial = BinomialDistribution.of(n, p);
    int k = Math.toIntExact(successes);
    double tail = Math.min(binomial.cumulativeProbability(k), binomial.survivalProbability(k - 1));
    if (2 * tail < falseAlarm) {
      throw new AssertionError(
          successes
              + " successes in "
              + n
              + " do not fit a probability of "
              + p
              + " (tail "
              + tail
              + ", false alarm "
              + falseAlarm
              + ")");
    }
    return new Resolution(quantiles() * Math.sqrt(0.25 / n), "a difference of probabilities");
  }

  /**
   * The mean of independent values is as expected: z-test with the sample's own spread.
   *
   * @param values at least 50, of finite variance
   * @return the detectable difference of means
   */
  public Resolution mean(double[] values, double expected) {
    return meanOfChain(values, expected, values.length, MIN_NORMAL_SAMPLE);
  }

  /**
   * The mean of a chain's values is as expected: z-test with an effective sample size. Chains that
   * do not mix and biased chains fail with different messages.
   *
   * @param ess effective sample size of the values
   * @param minEss its required minimum, at least 50
   * @return the detectable difference of means
   */
  public Resolution meanOfChain(double[] values, double expected, double ess, double minEss) {
    if (!(ess >= Math.max(minEss, MIN_NORMAL_SAMPLE))) {
      throw new AssertionError(
          "not mixing: effective sample size "
              + ess
              + " of "
              + values.length
              + " values is below "
              + Math.max(minEss, MIN_NORMAL_SAMPLE));
    }
    double mean = Arrays.stream(values).average().orElse(Double.NaN);
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    double error = Math.sqrt(squares / (values.length - 1) / ess);
    return mean(mean, error, expected);
  }

  /**
   * An estimate with a known standard error is as expected.
   *
   * @return the detectable difference
   */
  public Resolution mean(double estimate, double standardError, double expected) {
    double limit = NORMAL.inverseSurvivalProbability(falseAlarm / 2) * standardError;
    if (!(Math.abs(estimate - expected) <= limit)) {
      throw new AssertionError(
          "biased: estimate "
              + estimate
              + " is farther than "
              + limit
              + " from "
              + expected
              + " (standard error "
              + standardError
              + ", false alarm "
              + falseAlarm
              + ")");
    }
    return new Resolution(quantiles() * standardError, "a difference of means");
  }

  /**
   * Independent real values follow a distribution function: Dvoretzky-Kiefer-Wolfowitz inequality
   * with Massart's constant (Annals of Probability 18, 1990), so the false alarm holds at every n.
   *
   * @return the detectable distance of distribution functions
   */
  public Resolution distribution(double[] values, DoubleUnaryOperator cdf) {
    int n = values.length;
    requireEnough(n > 0, n);
    double limit = Math.sqrt(Math.log(2 / falseAlarm) / (2 * n));
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double distance = 0;
    for (int i = 0; i < n; i++) {
      double at = cdf.applyAsDouble(sorted[i]);
      boolean lastOfTie = i == n - 1 || sorted[i + 1] > sorted[i];
      boolean firstOfTie = i == 0 || sorted[i - 1] < sorted[i];
      double before = cdf.applyAsDouble(Math.nextDown(sorted[i]));
      distance = Math.max(distance, lastOfTie ? Math.abs((i + 1.0) / n - at) : 0);
      distance = Math.max(distance, firstOfTie ? Math.abs((double) i / n - before) : 0);
    }
    if (!(distance <= limit)) {
      throw new AssertionError(
          "values do not follow the distribution: distance "
              + distance
              + " above "
              + limit
              + " (n = "
              + n
              + ", false alarm "
              + falseAlarm
              + ")");
    }
    double slack = Math.sqrt(Math.log(2 / (1 - POWER)) / (2 * n));
    return new Resolution(limit + slack, "a distance of distribution functions");
  }

  /** Standard errors between a truth and a limit that it crosses with probability POWER. */
  private double quantiles() {
    return NORMAL.inverseSurvivalProbability(falseAlarm / 2)
        + NORMAL.inverseCumulativeProbability(POWER);
  }

  private static void requireEnough(boolean enough, long n) {
    if (!enough) {
      throw new AssertionError("a sample of " + n + " is too small to test anything");
    }
  }
}
