package io.tailwalk.train.evaluate;

import io.tailwalk.coverage.NGrid;
import java.util.List;

/**
 * Coverage of the data by a model, as averages over held-out prompts.
 *
 * @param step steps of training so far
 * @param crossEntropy {@code E[-log q(y|x)]}, nats per response
 * @param kl {@code E[log pi(y|x) - log q(y|x)]}, nats per response
 * @param grid the levels N of the coverage profile
 * @param coverage {@code Cov_N(pi || q)} at each level: smaller is better
 * @param passLevels numbers of attempts
 * @param pass probability that at least one of the draws is accepted, for each number of attempts;
 *     empty if responses are not judged
 * @param logProbs {@code log q} of every held-out response in order, nats
 */
public record CoverageReport(
    long step,
    double crossEntropy,
    double kl,
    NGrid grid,
    List<Double> coverage,
    List<Integer> passLevels,
    List<Double> pass,
    List<Double> logProbs) {
  /** With fixed lists. */
  public CoverageReport {
    coverage = List.copyOf(coverage);
    passLevels = List.copyOf(passLevels);
    pass = List.copyOf(pass);
    logProbs = List.copyOf(logProbs);
  }
}
