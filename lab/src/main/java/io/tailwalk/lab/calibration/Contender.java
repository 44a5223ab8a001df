package io.tailwalk.lab.calibration;

import io.tailwalk.core.interval.Estimate;
import io.tailwalk.sampling.RunOptions;
import io.tailwalk.sampling.Samplers;
import io.tailwalk.sampling.SamplingListener;
import io.tailwalk.sampling.SamplingProblem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * A source of intervals.
 *
 * @param name name in tables and on the command line
 * @param run makes the estimate of one run
 */
record Contender(String name, BiFunction<SamplingProblem, RunOptions, Optional<Estimate>> run) {
  /** The comparator; judged only if it is requested by name. */
  static final Contender FORMER = new Contender(FormerInterval.NAME, FormerInterval::of);

  /** A sampler of the registry with its default parameters, or the comparator. */
  static Contender of(String name) {
    if (name.equals(FORMER.name())) {
      return FORMER;
    }
    var sampler = Samplers.create(name, Map.of());
    return new Contender(
        name,
        (problem, options) ->
            Optional.of(sampler.run(problem, options, SamplingListener.NONE).successProbability()));
  }

  /** The names of all samplers. */
  static List<String> names() {
    return Samplers.names();
  }
}
