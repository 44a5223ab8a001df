package io.tailwalk.coverage.turn;

import io.tailwalk.coverage.CoverageException;
import io.tailwalk.coverage.LogRatio;
import io.tailwalk.coverage.stats.ClusteredSums;
import io.tailwalk.coverage.stats.Levels;
import io.tailwalk.coverage.stats.RatioEstimate;
import io.tailwalk.coverage.stats.SignTest;
import io.tailwalk.statistics.BettingInterval;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Compares every checkpoint of a training run with every earlier one on the same held-out
 * responses. With a reference distribution a response is uncovered by q if {@code log pi - log q >=
 * log N}; without one, by the later against the earlier if {@code log q_earlier - log q_later >=
 * log N}, and vice versa.
 *
 * <p>A turn at checkpoint t is an earlier checkpoint b such that more responses are uncovered by t
 * alone than by b alone, and t's cross-entropy is smaller than b's, both shown at level {@code
 * delta_t / (t - 1)}. With {@code delta_t = delta 6 / (pi^2 (t-1)^2)}, which sum to at most delta
 * over t = 2, 3, ..., a run whose coverage never gets worse is called turned with probability at
 * most delta, for any number of checks and any length, if the scores of a checkpoint do not change.
 * The first condition is tested by the exact sign test if rows are independent; if prompts have
 * several responses, by a betting interval over prompts, whose sums lie between plus and minus the
 * rows of the largest. Both are guaranteed, given the prompts' sizes. Cross-entropy, which is
 * unbounded, is tested by Student's t over at least 20 effective prompts or folds of them; this
 * part is asymptotic and not covered by the guarantee.
 */
public final class TurnAggregate {
  private static final int HITS = 0;
  private static final int GAIN = 1;
  private static final int ROWS = 2;

  private final int models;
  private final double threshold;
  private final boolean independent;
  private final long[][] onlyLater;
  private final long[][] onlyEarlier;
  private final ClusteredSums[][] sums;
  private final boolean[] zero;
  private long rows;

  /**
   * Empty.
   *
   * @param models number of checkpoints, in the order of training
   * @param n the factor N, at least 1
   * @param independent whether every row has its own prompt
   */
  public TurnAggregate(int models, double n, boolean independent) {
    if (!(n >= 1 && Double.isFinite(n))) {
      throw new CoverageException("N = " + n + " is not a finite factor >= 1");
    }
    this.models = models;
    this.threshold = Math.log(n);
    this.independent = independent;
    this.onlyLater = new long[models][models];
    this.onlyEarlier = new long[models][models];
    this.zero = new boolean[models];
    this.sums = new ClusteredSums[models][models];
    for (int t = 0; t < models; t++) {
      for (int b = 0; b < t; b++) {
        sums[t][b] = new ClusteredSums(ROWS + 1);
      }
    }
  }

  /**
   * Adds one held-out response.
   *
   * @param promptKey hash of its prompt
   * @param reference {@code log pi}, NaN without a reference
   * @param logProbs under each checkpoint, nats
   */
  public void add(long promptKey, double reference, double[] logProbs) {
    for (int t = 0; t < models; t++) {
      zero[t] |= logProbs[t] == Double.NEGATIVE_INFINITY;
      for (int b = 0; b < t; b++) {
        boolean later = uncovered(reference, logProbs[b], logProbs[t]);
        boolean earlier = uncovered(reference, logProbs[t], logProbs[b]);
        onlyLater[t][b] += later && !earlier ? 1 : 0;
        onlyEarlier[t][b] += earlier && !later ? 1 : 0;
        double[] row = sums[t][b].row(promptKey);
        ClusteredSums.add(row, HITS, (later ? 1.0 : 0.0) - (earlier ? 1.0 : 0.0));
        double gain = logProbs[t] - logProbs[b];
        if (Double.isFinite(gain)) {
          ClusteredSums.add(row, GAIN, gain);
        }
        ClusteredSums.count(row, ROWS);
      }
    }
    rows++;
  }

  private boolean uncovered(double reference, double other, double own) {
    double best = Double.isNaN(reference) ? other : reference;
    return LogRatio.reaches(best, own, threshold);
  }

  /**
   * The first turn of the run, if there is one.
   *
   * @param delta probability of reporting a turn for a run whose coverage never gets worse
   */
  public Optional<Turn> first(double delta) {
    Levels.requireDelta(delta);
    for (int t = 1; t < models; t++) {
      double level = 6 * delta / (Math.PI * Math.PI * t * t) / t;
      for (int b = 0; b < t; b++) {
        Optional<Turn> turn = turn(b, t, level);
        if (turn.isPresent()) {
          return turn;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Turn> turn(int b, int t, double level) {
    if (rows == 0 || zero[t] || zero[b]) {
      return Optional.empty();
    }
    double[][] clusters = sums[t][b].matrix();
    RatioEstimate gain = RatioEstimate.of(clusters, GAIN, ROWS);
    RatioEstimate hits = RatioEstimate.of(clusters, HITS, ROWS);
    // One-sided at the level: a two-sided interval at twice the level.
    boolean falls = gain.shown(2 * level).low() > 0;
    boolean worse =
        independent
            ? SignTest.pValue(onlyLater[t][b], onlyEarlier[t][b]) <= level
            : positive(clusters, 2 * level);
    return falls && worse
        ? Optional.of(new Turn(b, t, hits.value(), gain.value()))
        : Optional.empty();
  }

  /** Whether more rows per prompt are uncovered by the later alone than by the earlier alone. */
  private static boolean positive(double[][] clusters, double delta) {
    double most = Arrays.stream(clusters).mapToDouble(cluster -> cluster[ROWS]).max().orElse(1);
    double[] hits = Arrays.stream(clusters).mapToDouble(cluster -> cluster[HITS] / most).toArray();
    return BettingInterval.interval(hits, -1, 1, delta).low() > 0;
  }

  /** Number of checkpoints and rows, for messages. */
  @Override
  public String toString() {
    return "TurnAggregate" + List.of(models, rows);
  }
}
