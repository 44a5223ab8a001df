package io.tailwalk.coverage.stats;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Half-width of a band around an empirical tail that holds at all N at once, for any sample size.
 *
 * <p>Independent rows: {@code sqrt(ln(2/delta) / (2 n))} (Dvoretzky, Kiefer and Wolfowitz 1956;
 * constant of Massart 1990, Annals of Probability 18).
 *
 * <p>Rows clustered by prompt: prompts independent and identically distributed, any dependence
 * within a prompt. Let layer r be the r-th row of every prompt that has one, m_r rows, independent
 * of each other and each with the distribution of a row. The error of the whole tail at any N is
 * the mean of the layers' errors with weights m_r / n, so its largest over N is at most {@code S =
 * sum (m_r / n) S_r}, S_r that of layer r. The joint distribution of the S_r is unknown; Jensen's
 * and Markov's inequalities bound the S that is reached with probability delta ({@code
 * LayerBound}). Massart's {@code P(S_r > t) <= 2 exp(-2 m_r t^2)} holds for all t > 0, so {@code
 * E(S_r - a)+ <= integral from a to 1 of min(1, 2 exp(-2 m_r t^2)) dt}. With equal sizes and m
 * prompts this is close to {@code sqrt((1 + ln(2/delta)) / (2 m))}: unknown dependence costs one
 * nat. The argument is ours; {@code ClusteredBandTest} searches for distributions that violate it.
 *
 * <p>The band is conditional on prompt sizes: they must not depend on the scores, and all rows of a
 * prompt must have the same distribution, as draws of one prompt's responses have.
 */
public final class DkwBand {
  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  private DkwBand() {}

  /** Half-width for n independent rows, at most 1. */
  public static double halfWidth(long n, double delta) {
    Levels.requireDelta(delta);
    return n == 0 ? 1.0 : Math.min(1.0, Math.sqrt(Math.log(2.0 / delta) / (2.0 * n)));
  }

  /**
   * Half-width for rows clustered by prompt, at most 1.
   *
   * @param sizes rows of each prompt
   */
  public static double halfWidth(PromptSizes sizes, double delta) {
    Levels.requireDelta(delta);
    long rows = sizes.rows();
    if (sizes.rowsAreIndependent()) {
      return halfWidth(rows, delta);
    }
    return Math.min(1.0, LayerBound.of(sizes.layers(), delta, DkwBand::excess));
  }

  /** {@code integral from a to 1 of min(1, 2 exp(-2 m t^2)) dt}. */
  private static double excess(long m, double a) {
    double flatEnd = Math.min(1.0, Math.sqrt(Math.log(2.0) / (2.0 * m)));
    double flat = Math.max(0.0, flatEnd - a);
    double from = Math.max(a, flatEnd);
    double sigma = 0.5 / Math.sqrt((double) m);
    double tail = NORMAL.survivalProbability(from / sigma) - NORMAL.survivalProbability(1 / sigma);
    return flat + 2 * Math.sqrt(2 * Math.PI) * sigma * Math.max(0.0, tail);
  }
}
