package io.tailwalk.lab.dyck;

import io.tailwalk.sampling.Completion;
import io.tailwalk.sampling.Sampling;
import java.util.List;

/**
 * One run of one sampler.
 *
 * @param accuracy share of the finished responses that are valid, counting a dead end as an invalid
 *     response; 0 without finished responses
 * @param distinct number of distinct valid responses
 * @param distribution share of each group of completions in the weighted sample; all zero if the
 *     sample is empty
 * @param effective size of the sample in independent draws, as reported by the sampler
 * @param modelTokens model tokens used
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Trial(
    double accuracy, int distinct, double[] distribution, double effective, long modelTokens) {

  /**
   * Makes the figures of a run.
   *
   * @param oneByOne whether the sampler makes responses one by one and returns each of them; the
   *     others, including auto's descents, return only valid responses
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
