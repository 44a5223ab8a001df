package io.tailwalk.coverage.tournament;

import io.tailwalk.coverage.LogRatio;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Candidates over finitely many equally likely outcomes, so that every {@code C_N(j||i)} is exact
 * by enumeration. Candidate m misses a share of the outcomes chosen at random, giving them an
 * eighth of their probability, and spreads the difference over the others.
 */
final class FiniteTournament implements TournamentDistribution {
  private final List<String> models;
  private final double[][] logProbs;

  private FiniteTournament(List<String> models, double[][] logProbs) {
    this.models = models;
    this.logProbs = logProbs;
  }

  @Override
  public List<String> models() {
    return models;
  }

  double[][] logProbs() {
    return logProbs;
  }

  static FiniteTournament missing(int outcomes, double[] shares, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> models = new ArrayList<>();
    double[][] logProbs = new double[outcomes][shares.length];
    for (int m = 0; m < shares.length; m++) {
      models.add("m" + m);
      boolean[] missed = new boolean[outcomes];
      int toMiss = (int) Math.round(shares[m] * outcomes);
      for (int left = toMiss; left > 0; ) {
        int y = random.nextInt(outcomes);
        if (!missed[y]) {
          missed[y] = true;
          left--;
        }
      }
      double kept = (1 - toMiss / (8.0 * outcomes)) / (outcomes - toMiss);
      for (int y = 0; y < outcomes; y++) {
        logProbs[y][m] = Math.log(missed[y] ? 1 / (8.0 * outcomes) : kept);
      }
    }
    return new FiniteTournament(models, logProbs);
  }

  @Override
  public double[] draw(SplittableRandom random) {
    return logProbs[random.nextInt(logProbs.length)];
  }

  @Override
  public double worst(int i, double n) {
    double worst = 0;
    for (int j = 0; j < models.size(); j++) {
      int hits = 0;
      for (double[] row : logProbs) {
        hits += j != i && LogRatio.reaches(row[j], row[i], Math.log(n)) ? 1 : 0;
      }
      worst = Math.max(worst, hits / (double) logProbs.length);
    }
    return worst;
  }
}
