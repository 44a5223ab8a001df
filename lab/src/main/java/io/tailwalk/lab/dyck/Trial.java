package io.tailwalk.lab.dyck;

import io.tailwalk.sampling.Completion;
import io.tailwalk.sampling.Sampling;
import java.util.List;

/**
 * One run of one sampler.
 *
 * @param accuracy share of the responses that it ended which are valid, a dead end counted as a
 *     response that is not; 0 if it ended none
 * @param distinct different valid responses
 * @param distribution share of each group of completions in its weighted sample; all zero if there
 *     is none
 * @param effective size of the sample, in independent draws, by the sampler's own account
 * @param modelTokens that it used
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Trial(
    double accuracy, int distinct, double[] distribution, double effective, long modelTokens) {

  /**
   * Of a run.
   *
   * @param oneByOne whether the sampler makes responses one by one and hands over each; the others,
   *     auto's descents among them, hand over valid ones or none
   */
  static Trial of(Sampling sampling, Bins bins, boolean oneByOne) {
    List<Completion> valid =
        sampling.outcomes().stream()
            .filter(outcome -> outcome.logReward() > Double.NEGATIVE_INFINITY)
            .toList();
    double total = valid.stream().mapToDouble(Completion::weight).sum();
    double[] distribution = new double[bins.count()];
    for (Completion outcome : valid) {
      int[] tokens = outcome.tokenIds().stream().mapToInt(Integer::intValue).toArray();
      distribution[bins.group(tokens)] += outcome.weight() / total;
    }
    return new Trial(
        oneByOne ? accuracy(sampling) : valid.isEmpty() ? 0 : 1,
        valid.size(),
        distribution,
        sampling.diagnostics().effectiveSampleSize(),
        sampling.cost().modelTokens());
  }

  private static double accuracy(Sampling sampling) {
    var draws = sampling.diagnostics().draws();
    return draws.drawn() == 0 ? 0 : (double) draws.accepted() / draws.drawn();
  }
}
