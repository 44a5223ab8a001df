package io.tailwalk.coverage.tournament;

import java.util.Comparator;
import java.util.List;

/**
 * A tournament at one N.
 *
 * <p>Ties: the smallest worst case wins; then the smallest sum over rivals, then the smallest
 * cross-entropy, then the candidate listed first.
 *
 * @param n the factor N
 * @param rows held-out responses
 * @param candidates in the order they were given
 */
public record TournamentResult(double n, long rows, List<Candidate> candidates) {
  private static final Comparator<Candidate> BY_COVERAGE =
      Comparator.comparingDouble(Candidate::worst)
          .thenComparingDouble(Candidate::sum)
          .thenComparingDouble(Candidate::crossEntropy);

  /** Copies the list. */
  public TournamentResult {
    candidates = List.copyOf(candidates);
  }

  /** {@code argmin_i max_j C_N(j||i)}. */
  public Candidate winner() {
    return candidates.stream().min(BY_COVERAGE).orElseThrow();
  }

  /** The candidate with the smallest cross-entropy; the first one in case of ties. */
  public Candidate crossEntropyChoice() {
    return candidates.stream()
        .min(Comparator.comparingDouble(Candidate::crossEntropy))
        .orElseThrow();
  }

  /** Candidates that cannot be ruled out, including the winner. */
  public List<String> confidenceSet() {
    return candidates.stream().filter(Candidate::possible).map(Candidate::model).toList();
  }

  /** {@code matrix[i][j] = C_N(j||i)}. */
  public List<List<Double>> matrix() {
    return candidates.stream().map(Candidate::against).toList();
  }
}
