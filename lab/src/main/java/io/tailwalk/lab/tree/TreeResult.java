package io.tailwalk.lab.tree;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tailwalk.core.interval.Estimate;
import io.tailwalk.core.interval.Interval;
import io.tailwalk.records.Json;
import java.util.Map;
import java.util.Optional;
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
    MeanCost meanCost) {

  /** The mean cost of a run; the components are those of a cost. */
  public record MeanCost(
      double modelTokens,
      double modelCalls,
      double nodesExpanded,
      double valueCalls,
      double verifierCalls,
      double steps) {}

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
    return Json.of(
        new Form(
            exactMass,
            mass.map(Estimate::value),
            mass.map(Estimate::low),
            mass.map(Estimate::high),
            mass.map(Probability::of),
            covered,
            openEnds,
            totalVariation(),
            exactDistribution,
            distribution,
            meanCost));
  }

  private record Form(
      double zExact,
      Optional<Double> z,
      Optional<Double> zLow,
      Optional<Double> zHigh,
      Optional<Probability> successProbability,
      double covered,
      double openEnds,
      double tv,
      Map<String, Double> distributionExact,
      Map<String, Double> distribution,
      MeanCost cost) {}

  private record Probability(
      double value, @JsonUnwrapped Interval interval, double certainLow, double certainHigh) {
    static Probability of(Estimate estimate) {
      Interval certain = estimate.certain();
      return new Probability(estimate.value(), estimate.interval(), certain.low(), certain.high());
    }
  }
}
