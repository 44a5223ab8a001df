package io.tailwalk.coverage.stats;

import org.apache.commons.numbers.gamma.LogBeta;
import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * Tests whether one event is more likely than another, from paired rows. Only discordant rows
 * count: given that exactly one of A, B happened, A did with probability at most 1/2 whenever
 * {@code P(A) <= P(B)}.
 */
public final class SignTest {
  private SignTest() {}

  /**
   * Exact p-value of {@code P(A) <= P(B)} at a fixed sample size: {@code P(Binomial(a + b, 1/2) >=
   * a)} (McNemar 1947, Psychometrika 12, in its exact form).
   *
   * @param onlyA rows in which A happened and B did not
   * @param onlyB rows in which B happened and A did not
   */
  public static double pValue(long onlyA, long onlyB) {
    if (onlyA == 0) {
      return 1.0;
    }
    int trials = Math.toIntExact(onlyA + onlyB);
    return BinomialDistribution.of(trials, 0.5).survivalProbability(Math.toIntExact(onlyA - 1));
  }

  /**
   * Logarithm of an e-process of {@code P(A) <= P(B)}, which may be read after every row: the
   * likelihood ratio of discordant signs against a fair coin, mixed over a bias uniform on (1/2,
   * 1), {@code 2^(a+b+1) integral from 1/2 to 1 of t^a (1-t)^b dt}. Under the hypothesis it is a
   * non-negative supermartingale starting at 1, even if A and B are chosen before each row from the
   * past, so by Ville's inequality it ever reaches {@code 1/delta} with probability at most delta
   * (Robbins 1970, Annals of Mathematical Statistics 41; betting form: Waudby-Smith and Ramdas
   * 2023, JRSS B 86).
   */
  public static double logEvidence(long onlyA, long onlyB) {
    double a = onlyA + 1.0;
    double b = onlyB + 1.0;
    double upperHalf = BetaDistribution.of(a, b).survivalProbability(0.5);
    return (onlyA + onlyB + 1.0) * Math.log(2.0) + LogBeta.value(a, b) + Math.log(upperHalf);
  }
}
