package io.tailwalk.coverage.tournament;

import io.tailwalk.core.interval.Interval;
import io.tailwalk.coverage.CoverageException;
import io.tailwalk.coverage.LogRatio;
import io.tailwalk.coverage.stats.BernoulliSequence;
import io.tailwalk.coverage.stats.SignTest;
import io.tailwalk.coverage.tournament.RaceStatus.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The tournament's choice {@code argmin_i W_i}, {@code W_i = max_j C_N(j||i)}, from the smallest
 * number of scored rows that the evidence allows. Rows must be in random order, with one response
 * per prompt.
 *
 * <p>Evidence. Before each row every i has a challenger j(i), the candidate that is worst for it so
 * far, so a row's hit {@code X_i = 1[log q_j(i) - log q_i >= log N]} has mean at most {@code W_i};
 * and it has a rival w, the best of the others, renewed after 16, 32, 64, ... rows. Were i the
 * choice, the k that attains {@code W_w} would have {@code C(k||w) = W_w >= W_i}, so the sign
 * e-process ({@link SignTest#logEvidence}) of X_i against k's hits on w is a supermartingale. The
 * minimum over k is below it, and multiplying by the evidence of earlier rivals preserves this.
 * When it reaches {@code 1/delta}, i is ruled out: wrongly with probability at most delta, at any
 * row (Ville). Only ruling out the true choice is an error, so the candidates do not share delta.
 *
 * <p>A candidate ruled out may still be the challenger that makes another's worst case. It is
 * scored until that is excluded: for every survivor i except the leader, the evidence with k = this
 * candidate has reached the threshold. Rows that are not scored do not change the evidence.
 *
 * <p>The race ends with one survivor, or, with a tie stop, when confidence sequences for all pairs
 * show the leader's worst case within epsilon of every survivor's. Shares of delta: {@link
 * RaceOptions}. State and time per row: M^2.
 */
public final class Race {
  private static final long FIRST_RIVALS = 16;

  private final List<String> models;
  private final RaceOptions options;
  private final double threshold;
  private final double bar;
  private final RaceEvidence evidence;
  private final boolean[] survives;
  private final boolean[] scored;
  private long examples;
  private long scorings;
  private Outcome outcome = Outcome.RUNNING;

  /** A new race with all candidates. */
  public Race(List<String> models, RaceOptions options) {
    if (models.size() < 2) {
      throw new CoverageException("a race needs two or more models, got " + models);
    }
    this.models = List.copyOf(models);
    this.options = options;
    this.threshold = Math.log(options.n());
    this.bar = Math.log(1 / options.candidateDelta());
    this.evidence = new RaceEvidence(models.size());
    this.survives = new boolean[models.size()];
    this.scored = new boolean[models.size()];
    Arrays.fill(survives, true);
    Arrays.fill(scored, true);
  }

  /** Whether the next row's log-probability under the model is needed. */
  public boolean needs(int model) {
    return scored[model];
  }

  /**
   * Adds the next row.
   *
   * @param logProbs nats, at most 0; only those of needed models are read
   */
  public void add(double[] logProbs) {
    if (outcome != Outcome.RUNNING) {
      throw new IllegalStateException("the race is over: " + outcome);
    }
    int size = models.size();
    boolean[][] hits = new boolean[size][size];
    for (int i = 0; i < size; i++) {
      if (!scored[i]) {
        continue;
      }
      if (!LogRatio.isLogProb(logProbs[i])) {
        throw new CoverageException(
            "log_prob " + logProbs[i] + " of " + models.get(i) + "; it must be <= 0 or -inf");
      }
      scorings++;
      for (int j = 0; j < size; j++) {
        hits[i][j] = j != i && scored[j] && LogRatio.reaches(logProbs[j], logProbs[i], threshold);
      }
    }
    evidence.add(hits, scored);
    examples++;
    if (examples % FIRST_RIVALS == 0 && Long.bitCount(examples / FIRST_RIVALS) == 1) {
      evidence.chooseRivals(survives);
    }
    if (examples % options.checkEvery() == 0) {
      check();
    }
  }

  private void check() {
    for (int i = 0; i < models.size(); i++) {
      if (survives[i] && survivors().size() > 1) {
        survives[i] = evidence.least(i) < bar;
      }
    }
    if (survivors().size() == 1) {
      outcome = Outcome.DECIDED;
    } else if (options.epsilon() > 0 && leaderIsWithinEpsilon()) {
      outcome = Outcome.WITHIN_EPSILON;
    }
    chooseScored();
  }

  private void chooseScored() {
    int leader = leader();
    System.arraycopy(survives, 0, scored, 0, scored.length);
    for (int i = 0; i < models.size(); i++) {
      if (!survives[i]) {
        continue;
      }
      scored[evidence.worstChallenger(i)] = true;
      if (i != leader && evidence.rival(i) >= 0) {
        scored[evidence.rival(i)] = true;
      }
      for (int k = 0; k < models.size(); k++) {
        boolean outweighed = i == leader || k == evidence.rival(i) || evidence.log(i, k) >= bar;
        scored[k] |= !outweighed || options.epsilon() > 0;
      }
    }
  }

  private boolean leaderIsWithinEpsilon() {
    int leader = leader();
    double high = 0;
    for (int k = 0; k < models.size(); k++) {
      if (k != leader) {
        high = Math.max(high, sequence(leader, k).high());
      }
    }
    for (int i = 0; i < models.size(); i++) {
      double low = 0;
      for (int j = 0; j < models.size(); j++) {
        low = j == i ? low : Math.max(low, sequence(i, j).low());
      }
      if (survives[i] && i != leader && high - low > options.epsilon()) {
        return false;
      }
    }
    return true;
  }

  private Interval sequence(int i, int j) {
    double each = options.tieDelta() / (models.size() * (models.size() - 1.0));
    long hits = evidence.hits(i, j);
    return BernoulliSequence.interval(hits, evidence.rows(i, j) - hits, each);
  }

  private int leader() {
    int leader = -1;
    for (int i = 0; i < models.size(); i++) {
      if (survives[i] && (leader < 0 || evidence.worst(i) < evidence.worst(leader))) {
        leader = i;
      }
    }
    return leader;
  }

  private List<String> survivors() {
    List<String> left = new ArrayList<>();
    for (int i = 0; i < survives.length; i++) {
      if (survives[i]) {
        left.add(models.get(i));
      }
    }
    return left;
  }

  /** The state of the race. */
  public RaceStatus status() {
    return new RaceStatus(outcome, models.get(leader()), survivors(), examples, scorings);
  }
}
