package io.tailwalk.lab.exact;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

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

  double least(String sampler) {
    return Arrays.stream(of(sampler)).min().orElse(Double.NaN);
  }

  double largest(String sampler) {
    return Arrays.stream(of(sampler)).max().orElse(Double.NaN);
  }

  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("length", length).put("rollouts", rollouts);
    json.put("expected_successes", expectedSuccesses());
    divergences.forEach((sampler, all) -> {
      ObjectNode one = json.putObject(sampler);
      one.put("kl_mean", mean(sampler));
      one.put("kl_least", least(sampler));
      one.put("kl_largest", largest(sampler));
      one.put("values", all.length);
      double success = success(sampler);
      if (!Double.isNaN(success)) {
        one.put("success", success);
      }
    });
    return json;
  }
}
