package io.tailwalk.coverage.tournament;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Candidates and held-out responses of a distribution on which every {@code C_N(j||i)} is known.
 */
interface TournamentDistribution {
  List<String> models();

  /** Log-probabilities of one held-out response under all candidates. */
  double[] draw(SplittableRandom random);

  /** {@code max_j C_N(j||i)}, exactly. */
  double worst(int i, double n);

  /** Index of the smallest worst case. */
  default int best(double n) {
    int best = 0;
    for (int i = 1; i < models().size(); i++) {
      best = worst(i, n) < worst(best, n) ? i : best;
    }
    return best;
  }
}
