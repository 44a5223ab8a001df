package io.tailwalk.lab.codetests;

import io.tailwalk.report.Estimate;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The samples of the experiment.
 *
 * @param functions samples of each function, in order
 * @param seed seed of the bootstrap over all functions
 */
record CodeResults(List<FunctionResults> functions, long seed) {
  /** Keeps a copy. */
  CodeResults {
    functions = List.copyOf(functions);
  }

  /** The samplers that ran, in order. */
  List<String> labels() {
    return List.copyOf(functions.getFirst().runs().keySet());
  }

  /**
   * By how much a sampler is closer to the target than sampling without backtracking: the mean over
   * the functions, with a bootstrap interval over runs and references. NaN if the sampler returned
   * no line of some function.
   */
  Estimate nearer(String label, FunctionResults.Distance distance) {
    return BasicBootstrap.interval(
        mean(function -> function.nearer(label, distance)),
        seed,
        random -> mean(function -> function.nearerResampled(label, distance, random)));
  }

  /** Mean distance of a sampler to the target over the functions. */
  double distance(String label, FunctionResults.Distance distance) {
    return mean(
        function -> distance.applyAsDouble(function.distribution(label), function.target()));
  }

  private double mean(ToDoubleFunction<FunctionResults> figure) {
    return functions.stream().mapToDouble(figure).average().orElse(Double.NaN);
  }
}
