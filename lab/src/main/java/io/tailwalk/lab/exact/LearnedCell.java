package io.tailwalk.lab.exact;

import java.util.Arrays;
import java.util.Map;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Divergences with learned values: one length and number of rollouts, several values.
 *
 * @param length H
 * @param rollouts that each value was trained on
 * @param divergences Kullback-Leibler divergence from the target (nats) by sampler, a number for
 *     each value
 */
record LearnedCell(int length, int rollouts, Map<String, double[]> divergences) {
  String name() {
    return "H=" + length + ", " + rollouts + " rollouts";
  }

  /** Rollouts that pass, as many as are to be expected: each letter is no c two times in three. */
  double successes() {
    return rollouts * Math.pow(2.0 / 3, length);
  }

  /** Mean over the values. */
  double mean(String sampler) {
    return Arrays.stream(of(sampler)).average().orElse(Double.NaN);
  }

  private double[] of(String sampler) {
    double[] values = divergences.get(sampler);
    if (values == null) {
      throw new IllegalArgumentException("no figures of " + sampler);
    }
    return values;
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
    json.put("expected_successes", successes());
    divergences.forEach((sampler, values) -> {
      ObjectNode one = json.putObject(sampler);
      one.put("kl_mean", mean(sampler));
      one.put("kl_least", least(sampler));
      one.put("kl_largest", largest(sampler));
      one.put("values", values.length);
    });
    return json;
  }
}
