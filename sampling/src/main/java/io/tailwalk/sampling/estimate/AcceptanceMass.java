package io.tailwalk.sampling.estimate;

import io.tailwalk.sampling.LeafSample;
import java.util.Optional;

/** The success probability from a rejection sampler that stops after enough acceptances. */
public final class AcceptanceMass {
  private AcceptanceMass() {}

  /**
   * {@code tau_max} times the probability of acceptance. Stopped by the n-th acceptance, at draw N,
   * the unbiased estimate of the probability is {@code (n - 1) / (N - 1)}; stopped by the budget
   * with k acceptances in N draws it is {@code k / N} (Girshick, Mosteller and Savage, "Unbiased
   * estimates for certain binomial sampling problems", 1946). For n = 1 the former is useless, and
   * {@code 1 / N} is given in its stead, not unbiased. The interval is Clopper and Pearson's for n
   * of N, which is conservative when acceptances stop the run.
   *
   * @param sample draws; those of positive weight were accepted
   * @param counted how many of the first draws count
   * @param n acceptances that stop the run
   * @return empty if no draw counts
   */
  public static Optional<Estimate> of(LeafSample sample, int counted, int n, double tauMax) {
    int accepted = 0;
    int draws = 0;
    while (draws < counted && accepted < n) {
      accepted += sample.logWeight(draws++) > Double.NEGATIVE_INFINITY ? 1 : 0;
    }
    if (draws == 0) {
      return Optional.empty();
    }
    Estimate share = Intervals.binomial(accepted, draws, "Clopper-Pearson over draws");
    boolean stoppedByAcceptance = accepted == n;
    double value =
        stoppedByAcceptance && n > 1 ? (n - 1.0) / (draws - 1.0) : (double) accepted / draws;
    return Optional.of(
        new Estimate(
            tauMax * value,
            tauMax * share.low(),
            tauMax * share.high(),
            share.level(),
            !stoppedByAcceptance || n > 1,
            share.method()));
  }
}
