package io.tailwalk.coverage.tournament;

import io.tailwalk.coverage.CoverageException;
import io.tailwalk.coverage.LogRatio;
import io.tailwalk.coverage.NGrid;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The offset, or on-policy, tournament: {@code argmin_i max_j [C_N(j||i) - 2 gamma C^i_N(j||i)]}
 * with {@code gamma = N^a} and {@code C^i_N(j||i)} the probability that a response drawn from
 * candidate i itself is under-weighted against j (arXiv 2510.15020, eq. 32; Theorem 6.4' requires
 * {@code N >= 8 gamma^2}). This aggregate holds the second term; the first comes from {@link
 * TournamentAggregate}.
 */
public final class OffsetTournament {
  private final List<String> models;
  private final NGrid grid;
  private final long[][][] counts;
  private final long[] generations;

  /** An empty aggregate for the given candidates. */
  public OffsetTournament(List<String> models, NGrid grid) {
    this.models = List.copyOf(models);
    this.grid = grid;
    this.counts = new long[grid.size()][models.size()][models.size()];
    this.generations = new long[models.size()];
  }

  /**
   * Adds one generation.
   *
   * @param generator index of the candidate that drew it
   * @param logProbs under each candidate, nats
   */
  public void add(int generator, double[] logProbs) {
    if (logProbs[generator] == Double.NEGATIVE_INFINITY) {
      throw new CoverageException(
          models.get(generator) + " assigns probability zero to its own generation");
    }
    for (int j = 0; j < models.size(); j++) {
      int reached = grid.reached(logProbs[j], logProbs[generator]);
      for (int n = 0; n < reached; n++) {
        counts[n][generator][j]++;
      }
    }
    generations[generator]++;
  }

  /** Merges another part. */
  public void merge(OffsetTournament other) {
    if (!models.equals(other.models) || !grid.equals(other.grid)) {
      throw new IllegalArgumentException("tournaments of different models or grids");
    }
    for (int i = 0; i < generations.length; i++) {
      generations[i] += other.generations[i];
      for (int n = 0; n < counts.length; n++) {
        for (int j = 0; j < generations.length; j++) {
          counts[n][i][j] += other.counts[n][i][j];
        }
      }
    }
  }

  /**
   * The choice at the n-th factor of the grid; for equal scores the candidate listed first.
   *
   * @param heldOut the plain tournament at the same factor
   * @param a exponent in [0, 1/2]: {@code gamma = N^a}
   */
  public Choice choose(int n, TournamentResult heldOut, double a) {
    if (!(a >= 0 && a <= 0.5)) {
      throw new CoverageException("offset exponent a = " + a + "; it must lie in [0, 0.5]");
    }
    double gamma = Math.pow(grid.n(n), a);
    List<Double> scores = new ArrayList<>();
    for (int i = 0; i < models.size(); i++) {
      if (generations[i] == 0) {
        throw new CoverageException("no generations of " + models.get(i));
      }
      scores.add(score(n, i, heldOut.candidates().get(i).against(), gamma));
    }
    int best = 0;
    for (int i = 1; i < scores.size(); i++) {
      best = scores.get(i) < scores.get(best) ? i : best;
    }
    // N >= 8 gamma^2 in logs, with equality for a = 1/4 and N = 64.
    double logN = Math.log(grid.n(n));
    boolean guaranteed = LogRatio.reaches(logN, 2 * Math.log(gamma), Math.log(8));
    return new Choice(models.get(best), gamma, guaranteed, scores);
  }

  private double score(int n, int i, List<Double> against, double gamma) {
    double worst = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < against.size(); j++) {
      if (j != i) {
        double own = counts[n][i][j] / (double) generations[i];
        worst = Math.max(worst, against.get(j) - 2 * gamma * own);
      }
    }
    return worst;
  }

  /**
   * Result of the offset tournament.
   *
   * @param winner the choice
   * @param gamma the offset factor
   * @param guaranteed whether {@code N >= 8 gamma^2}, as the theorem requires
   * @param scores of the candidates; smaller is better
   */
  public record Choice(String winner, double gamma, boolean guaranteed, List<Double> scores) {
    /** Copies the list. */
    public Choice {
      scores = List.copyOf(scores);
    }
  }

  @Override
  public String toString() {
    return "OffsetTournament" + models + Arrays.toString(generations);
  }
}
