package io.tailwalk.lab.tree;

import io.tailwalk.core.interval.Estimate;
import io.tailwalk.core.interval.Interval;
import io.tailwalk.records.Doubles;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A sampler's estimates on a finite tree, together with the exact values.
 *
 * @param exactMass {@code Z}
 * @param mass the estimate of {@code Z} over the runs; empty if the sampler prints no estimate
 * @param covered share of runs whose own interval contains {@code Z}; an open end never misses
 * @param openEnds share of runs whose own interval has an open end
 * @param exactDistribution probability of each leaf under the target; zeros if {@code Z = 0}
 * @param distribution mean share of each leaf over the runs that saw a leaf; zeros if no run did
 * @param meanCost mean cost per run
 */
public record TreeResult(
    double exactMass,
    Optional<Estimate> mass,
    double covered,
    double openEnds,
    Map<String, Double> exactDistribution,
    Map<String, Double> distribution,
    Map<String, Double> meanCost) {

  /**
   * Total variation between the two distributions; 1 if no run saw a completion, NaN if there is no
   * target.
   */
  public double totalVariation() {
    if (exactDistribution.values().stream().allMatch(p -> p == 0)) {
      return Double.NaN;
    }
    if (distribution.values().stream().allMatch(p -> p == 0)) {
      return 1;
    }
    double sum = 0;
    for (Map.Entry<String, Double> leaf : exactDistribution.entrySet()) {
      sum += Math.abs(leaf.getValue() - distribution.getOrDefault(leaf.getKey(), 0.0));
    }
    return sum / 2;
  }

  /** The JSON form; an unknown number is null, an infinite upper end is "inf". */
  public ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("z_exact", exactMass);
    json.set("z", bound(mass.map(Estimate::value)));
    json.set("z_low", bound(mass.map(Estimate::low)));
    json.set("z_high", bound(mass.map(Estimate::high)));
    json.set("success_probability", mass.<JsonNode>map(TreeResult::json).orElse(null));
    json.put("covered", covered);
    json.put("open_ends", openEnds);
    json.set("tv", Doubles.json(totalVariation()));
    ObjectNode exact = json.putObject("distribution_exact");
    exactDistribution.forEach(exact::put);
    ObjectNode estimated = json.putObject("distribution");
    distribution.forEach(estimated::put);
    ObjectNode cost = json.putObject("cost");
    meanCost.forEach(cost::put);
    return json;
  }

  private static ObjectNode json(Estimate estimate) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    Interval interval = estimate.interval();
    json.put("value", estimate.value());
    json.set("low", bound(interval.low()));
    json.set("high", bound(interval.high()));
    json.put("low_kind", interval.lowKind().wireName());
    json.put("high_kind", interval.highKind().wireName());
    json.set("certain_low", bound(estimate.certain().low()));
    json.set("certain_high", bound(estimate.certain().high()));
    return json;
  }

  private static JsonNode bound(Optional<Double> value) {
    return bound(value.orElse(Double.NaN));
  }

  private static JsonNode bound(double number) {
    return number == Double.POSITIVE_INFINITY
        ? JsonNodeFactory.instance.stringNode("inf")
        : Doubles.json(number);
  }
}
