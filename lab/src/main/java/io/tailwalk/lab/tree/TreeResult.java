package io.tailwalk.lab.tree;

import io.tailwalk.sampling.estimate.Estimate;
import io.tailwalk.tables.Doubles;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A sampler's estimates on a finite tree beside the truth.
 *
 * @param exactMass {@code Z}
 * @param mass the estimate of {@code Z}; empty if the sampler gives none
 * @param exactLaw probability of each leaf under the target
 * @param law mean share of each leaf over the runs that saw one; zeros if none did
 * @param meanCost per run
 */
public record TreeResult(
    double exactMass,
    Optional<Estimate> mass,
    Map<String, Double> exactLaw,
    Map<String, Double> law,
    Map<String, Double> meanCost) {

  /** Total variation between the two laws; 1 if no run saw a completion. */
  public double totalVariation() {
    if (law.values().stream().allMatch(p -> p == 0)) {
      return 1;
    }
    double sum = 0;
    for (Map.Entry<String, Double> leaf : exactLaw.entrySet()) {
      sum += Math.abs(leaf.getValue() - law.getOrDefault(leaf.getKey(), 0.0));
    }
    return sum / 2;
  }

  /** The JSON form; what is not known is null, an interval without an upper end ends in "inf". */
  public ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("z_exact", exactMass);
    json.set("z", bound(mass.map(Estimate::value)));
    json.set("z_low", bound(mass.map(Estimate::low)));
    json.set("z_high", bound(mass.map(Estimate::high)));
    json.put("tv", totalVariation());
    ObjectNode exact = json.putObject("law_exact");
    exactLaw.forEach(exact::put);
    ObjectNode estimated = json.putObject("law");
    law.forEach(estimated::put);
    ObjectNode cost = json.putObject("cost");
    meanCost.forEach(cost::put);
    return json;
  }

  private static JsonNode bound(Optional<Double> value) {
    double number = value.orElse(Double.NaN);
    return number == Double.POSITIVE_INFINITY
        ? JsonNodeFactory.instance.stringNode("inf")
        : Doubles.json(number);
  }
}
