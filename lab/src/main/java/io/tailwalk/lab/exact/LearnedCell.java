package io.tailwalk.lab.exact;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Divergences with learned values for one length and number of rollouts, over several values.
 *
 * @param length H
 * @param rollouts rollouts on which each value was trained
 * @param values number of values
 * @param divergences Kullback-Leibler divergence from the target (nats) by sampler, one number per
 *     value
 * @param successes by sampler, for each value, the probability that a descent, or a walk at its
 *     end, has a response with reward; NaN if it is not computed
 */
record LearnedCell(
    int length,
    int rollouts,
    int values,
    Map<String, double[]> divergences,
    Map<String, double[]> successes) {
  /** A divergence below rounding error, nats. */
  private static final double NEGLIGIBLE = 1e-12;

  /** A cell without measurements. */
  static LearnedCell of(int length, int rollouts, int values) {
    return new LearnedCell(length, rollouts, values, new LinkedHashMap<>(), new LinkedHashMap<>());
  }

  /** Records the figures of a sampler with a value. */
  void put(String sampler, int value, double divergence, double success) {
    divergences.computeIfAbsent(sampler, _ -> new double[values])[value] = divergence;
    successes.computeIfAbsent(sampler, _ -> new double[values])[value] = success;
  }

  String name() {
    return "H=" + length + ", " + rollouts + " rollouts";
  }

  /** Expected number of passing rollouts: each letter is not a c with probability 2/3. */
  double expectedSuccesses() {
    return rollouts * Math.pow(2.0 / 3, length);
  }

  /** Mean over the values. */
  double mean(String sampler) {
    return Arrays.stream(of(sampler)).average().orElse(Double.NaN);
  }

  private double[] of(String sampler) {
    double[] all = divergences.get(sampler);
    if (all == null) {
      throw new IllegalArgumentException("no figures of " + sampler);
    }
    return all;
  }

  /** Mean over the values of the probability of a response with reward. */
  double success(String sampler) {
    return Arrays.stream(successes.getOrDefault(sampler, new double[] {Double.NaN}))
        .average()
        .orElse(Double.NaN);
  }

  /**
   * The logarithm of the divergence of each value, which has no heavy tail as the divergence has: a
   * single poor value may otherwise decide a mean.
   */
  double[] logs(String sampler) {
    return Arrays.stream(of(sampler)).map(x -> Math.log(Math.max(NEGLIGIBLE, x))).toArray();
  }

  double least(String sampler) {
    return Arrays.stream(of(sampler)).min().orElse(Double.NaN);
  }

  double largest(String sampler) {
    return Arrays.stream(of(sampler)).max().orElse(Double.NaN);
  }

  /** The cell in the JSON of its experiment, with the figures of each sampler under its label. */
  record Figures(
      int length,
      int rollouts,
      double expectedSuccesses,
      @JsonAnyGetter Map<String, OfSampler> samplers) {}

  /** The figures of a sampler. */
  record OfSampler(
      double klMean,
      double klLeast,
      double klLargest,
      int values,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Double> success) {}

  Figures figures() {
    Map<String, OfSampler> samplers = new LinkedHashMap<>();
    divergences.forEach((sampler, all) ->
        samplers.put(
            sampler,
            new OfSampler(
                mean(sampler),
                least(sampler),
                largest(sampler),
                all.length,
                Optional.of(success(sampler)).filter(success -> !success.isNaN()))));
    return new Figures(length, rollouts, expectedSuccesses(), samplers);
  }
}
