package io.tailwalk.lab.codetests;

import io.tailwalk.sampling.Completion;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The mean log-probability, lengths and kinds of a weighted sample of test cases. Weights add up to
 * 1, or to 0 for an empty sample.
 *
 * @param logProb mean log-probability of a line under the model, nats; NaN for an empty sample
 * @param lengths share of each length, in tokens
 * @param kinds share of each kind
 */
@SuppressWarnings("ArrayRecordComponent") // a vector of doubles, never compared
record CaseDistribution(double logProb, double[] lengths, Map<CaseKind, Double> kinds) {

  static CaseDistribution of(List<Completion> weighted) {
    double[] lengths = new double[CodeTask.TOKENS + 1];
    Map<CaseKind, Double> kinds = new EnumMap<>(CaseKind.class);
    double total = weighted.stream().mapToDouble(Completion::weight).sum();
    double logProb = weighted.isEmpty() ? Double.NaN : 0;
    for (Completion completion : weighted) {
      double share = completion.weight() / total;
      logProb += share * completion.logProb();
      lengths[completion.tokenIds().size()] += share;
      kinds.merge(CaseKind.of(completion.text()), share, Double::sum);
    }
    return new CaseDistribution(logProb, lengths, kinds);
  }

  /** The mean of several distributions, without those of empty samples. */
  static CaseDistribution mean(List<CaseDistribution> distributions) {
    double[] lengths = new double[CodeTask.TOKENS + 1];
    Map<CaseKind, Double> kinds = new EnumMap<>(CaseKind.class);
    List<CaseDistribution> present =
        distributions.stream().filter(distribution -> !distribution.isEmpty()).toList();
    for (CaseDistribution distribution : present) {
      for (int length = 0; length < lengths.length; length++) {
        lengths[length] += distribution.lengths[length] / present.size();
      }
      distribution.kinds.forEach(
          (kind, share) -> kinds.merge(kind, share / present.size(), Double::sum));
    }
    double logProb =
        present.stream().mapToDouble(CaseDistribution::logProb).average().orElse(Double.NaN);
    return new CaseDistribution(logProb, lengths, kinds);
  }

  /** Whether the sample is empty. */
  boolean isEmpty() {
    return kinds.isEmpty();
  }

  /** Distance of the mean log-probabilities, nats; NaN if one sample is empty. */
  double logProbDistance(CaseDistribution other) {
    return Math.abs(logProb - other.logProb);
  }

  /** Wasserstein-1 distance of the lengths, in tokens; NaN if one sample is empty. */
  double lengthDistance(CaseDistribution other) {
    if (isEmpty() || other.isEmpty()) {
      return Double.NaN;
    }
    double distance = 0;
    double ahead = 0;
    for (int length = 0; length < lengths.length; length++) {
      ahead += lengths[length] - other.lengths[length];
      distance += Math.abs(ahead);
    }
    return distance;
  }

  /** Total variation of the kinds; NaN if one sample is empty. */
  double kindDistance(CaseDistribution other) {
    if (isEmpty() || other.isEmpty()) {
      return Double.NaN;
    }
    double distance = 0;
    for (CaseKind kind : CaseKind.values()) {
      distance += Math.abs(share(kind) - other.share(kind)) / 2;
    }
    return distance;
  }

  /** The share of a kind. */
  double share(CaseKind kind) {
    return kinds.getOrDefault(kind, 0.0);
  }

  /** Mean length, in tokens. */
  double meanLength() {
    double mean = 0;
    for (int length = 0; length < lengths.length; length++) {
      mean += length * lengths[length];
    }
    return mean;
  }
}
