package io.tailwalk.coverage.quantile;

import io.tailwalk.core.interval.EndKind;
import io.tailwalk.core.interval.Interval;
import io.tailwalk.coverage.CoverageException;
import io.tailwalk.coverage.LogRatio;
import io.tailwalk.coverage.stats.QuantileRanks;

/**
 * Quantiles of the probability that a model assigns to held-out responses. The likelihood quantile
 * of a model q is {@code Q_q(epsilon) = sup {alpha : P_x[q(y*(x)|x) <= alpha] <= epsilon}}, y*(x)
 * the only right response of prompt x (arXiv 2603.06957, section 3.2): all but a share epsilon of
 * the prompts have a right response of at least that probability. The paper's text was not
 * available; the definition is from two secondary sources that agree, reading notes of its second
 * version and an article about it.
 *
 * <p>Here rows are held-out responses. With one right response per prompt the quantile is the
 * paper's, and the inverse of the coverage profile of that response: {@code Cov_N = P[q <= 1/N]},
 * so {@code 1 / Q_q(epsilon)} is the largest N with {@code Cov_N >} epsilon. With several responses
 * per prompt, or responses drawn from a distribution, it is the quantile over rows: prompts have
 * the weight of their number of responses.
 *
 * <p>Rows stream through once; parts merge in any order to the same numbers. Up to {@value
 * #EXACT_ROWS} rows every value is kept. Beyond that, values are counted in classes of a relative
 * width of 1/4096 in the log-probability; quantiles are then known up to a class, and ends of
 * intervals lie at the outer limits of their classes, so intervals include that error.
 */
public final class LikelihoodQuantiles {
  /** Number of rows up to which every value is kept. */
  public static final int EXACT_ROWS = SortedLogProbs.EXACT_ROWS;

  private final SortedLogProbs values = new SortedLogProbs();

  /** No rows yet. */
  public LikelihoodQuantiles() {}

  /**
   * Adds one held-out response.
   *
   * @param logProb {@code log q(y|x)}, nats, at most 0, {@code -inf} allowed
   * @throws CoverageException if it is not the log-probability of a discrete response
   */
  public void add(double logProb) {
    require(logProb);
    values.add(logProb);
  }

  /**
   * Checks a value that is to be added later.
   *
   * @throws CoverageException if it is not the log-probability of a discrete response
   */
  public static void require(double logProb) {
    if (!LogRatio.isLogProb(logProb)) {
      throw new CoverageException("log_prob " + logProb + "; it must be a number <= 0 or -inf");
    }
  }

  /** Adds all rows of another part. */
  public void merge(LikelihoodQuantiles other) {
    values.merge(other.values);
  }

  /** Number of rows. */
  public long rows() {
    return values.rows();
  }

  /**
   * The quantile with its interval.
   *
   * @param ranks ranks for as many rows as were added
   * @throws IllegalArgumentException if the ranks are for another number of rows
   */
  public LikelihoodQuantile at(QuantileRanks ranks) {
    if (ranks.rows() != rows()) {
      throw new IllegalArgumentException(
          "ranks for " + ranks.rows() + " rows, of which there are " + rows());
    }
    double low = ranks.low() == 0 ? Double.NEGATIVE_INFINITY : values.at(ranks.low()).low();
    boolean bounded = ranks.high() <= rows();
    double high = bounded ? values.at(ranks.high()).high() : 0;
    EndKind highKind = bounded ? EndKind.GUARANTEED : EndKind.CERTAIN;
    return new LikelihoodQuantile(
        ranks,
        values.at(ranks.value()).middle(),
        new Interval(
            low,
            low == Double.NEGATIVE_INFINITY ? EndKind.OPEN : EndKind.GUARANTEED,
            high,
            high == Double.NEGATIVE_INFINITY ? EndKind.OPEN : highKind));
  }
}
