package io.tailwalk.train.evaluate;

import io.tailwalk.coverage.NGrid;
import java.util.List;

/**
 * How well a model covers the data, as averages over held-out prompts.
 *
 * @param step steps of training so far
 * @param crossEntropy {@code E[-log q(y|x)]}, nats per response
 * @param kl {@code E[log pi(y|x) - log q(y|x)]}, nats per response
 * @param grid the levels N of the coverage profile
 * @param coverage {@code Cov_N(pi || q)} at each level: smaller is better
 * @param passLevels numbers of attempts
 * @param pass probability that at least one of so many draws is accepted, for each; empty where no
 *     response is judged
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
