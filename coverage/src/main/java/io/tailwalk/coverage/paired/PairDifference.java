package io.tailwalk.coverage.paired;

import java.util.List;

/**
 * Two models on the same held-out responses, first minus second; smaller is better, so a negative
 * difference speaks for the first. Each interval holds by itself, not all of them together.
 *
 * @param first name of the first model
 * @param second name of the second model
 * @param prompts number of prompts
 * @param coverage one for each factor N
 * @param crossEntropy difference of {@code -log q}, nats per response
 */
public record PairDifference(
    String first, String second, long prompts, List<AtFactor> coverage, Difference crossEntropy) {

  /** Copies the list. */
  public PairDifference {
    coverage = List.copyOf(coverage);
  }

  /**
   * The difference of the tournament's losses at one factor. Of two candidates, the worst case of
   * each is that against the other, so this is {@code C_N(second||first) - C_N(first||second)}.
   *
   * @param n the factor N
   * @param difference of the two losses
   */
  public record AtFactor(double n, Difference difference) {}
}
