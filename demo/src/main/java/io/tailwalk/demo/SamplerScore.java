package io.tailwalk.demo;

import io.tailwalk.core.cost.Cost;
import io.tailwalk.report.Estimate;
import io.tailwalk.report.Numbers;
import io.tailwalk.runs.sample.PromptResult;
import io.tailwalk.sampling.Completion;
import io.tailwalk.sampling.Sampler;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The results of one sampler on all prompts.
 *
 * @param sampler the sampler
 * @param results results in the order of the prompts, one per prompt
 */
record SamplerScore(Sampler sampler, List<PromptResult> results) {
  /** Keeps an immutable copy. */
  SamplerScore {
    results = List.copyOf(results);
  }

  String name() {
    return sampler.name();
  }

  /** Number of prompts with at least one completion that passes. */
  int solved() {
    return (int) results.stream().filter(result -> !result.sampling().draws().isEmpty()).count();
  }

  /** Number of different completions that pass, over all prompts. */
  int distinct() {
    return results.stream().mapToInt(result -> result.sampling().outcomes().size()).sum();
  }

  /**
   * Distinct-2 (Li et al. 2016, arXiv 1510.03055): number of different pairs of neighbouring words
   * divided by the number of pairs, over the drawn completions; NaN if there are no pairs.
   */
  double distinctPairs() {
    Set<String> different = new HashSet<>();
    long all = 0;
    for (PromptResult result : results) {
      for (Completion draw : result.sampling().draws()) {
        String[] words = draw.text().strip().split("\\s+", -1);
        for (int i = 1; i < words.length; i++) {
          different.add(words[i - 1] + " " + words[i]);
          all++;
        }
      }
    }
    return all == 0 ? Double.NaN : (double) different.size() / all;
  }

  Cost cost() {
    return results.stream().map(result -> result.sampling().cost()).reduce(Cost.ZERO, Cost::plus);
  }

  /** The model's success probability on a prompt; NaN if unknown. */
  static Estimate successProbability(PromptResult result) {
    return Numbers.shown(result.sampling().successProbability());
  }

  /**
   * The model's success probability on the median prompt by this sampler's estimates (the lower of
   * two); NaN if no prompt has an estimate.
   */
  Estimate medianSuccessProbability() {
    List<Estimate> known =
        results.stream()
            .map(SamplerScore::successProbability)
            .filter(mass -> !Double.isNaN(mass.value()))
            .sorted(Comparator.comparingDouble(Estimate::value))
            .toList();
    return known.isEmpty() ? Estimate.exactly(Double.NaN) : known.get((known.size() - 1) / 2);
  }
}
