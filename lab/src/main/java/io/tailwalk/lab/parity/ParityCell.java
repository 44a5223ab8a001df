package io.tailwalk.lab.parity;

import io.tailwalk.lab.Measured;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a sampler spent on a first rewarded response.
 *
 * @param task the problem
 * @param sampler the sampler's label
 * @param tokens model tokens
 * @param steps moves, or letters written
 * @param computedSteps what the steps should be; NaN where it is not known
 * @param micros wall time of a search, microseconds; the one figure that no seed decides
 * @param givenUp searches that found nothing
 */
record ParityCell(
    ParityTask task,
    String sampler,
    Measured tokens,
    Measured steps,
    double computedSteps,
    double micros,
    int givenUp) {
  /** Of searches with one value. */
  static ParityCell of(
      ParityTask task, String sampler, List<Attempt> attempts, double computedSteps) {
    return new ParityCell(
        task,
        sampler,
        Measured.of(attempts.stream().mapToDouble(a -> a.cost().modelTokens()).toArray()),
        Measured.of(attempts.stream().mapToDouble(a -> a.cost().steps()).toArray()),
        computedSteps,
        attempts.stream().mapToDouble(a -> a.cost().wallNanos() / 1e3).average().orElse(0),
        (int) attempts.stream().filter(attempt -> !attempt.found()).count());
  }

  /** The mean over several values of one length and sampler. */
  static ParityCell mean(List<ParityCell> cells) {
    ParityCell first = cells.getFirst();
    return new ParityCell(
        first.task(),
        first.sampler(),
        Measured.mean(cells.stream().map(ParityCell::tokens).toList()),
        Measured.mean(cells.stream().map(ParityCell::steps).toList()),
        cells.stream().mapToDouble(ParityCell::computedSteps).average().orElse(0),
        cells.stream().mapToDouble(ParityCell::micros).average().orElse(0),
        cells.stream().mapToInt(ParityCell::givenUp).sum());
  }

  /** Whether the steps are as computed within Monte-Carlo error, where that is known. */
  boolean asComputed() {
    return Double.isNaN(computedSteps) || steps.agreesWith(computedSteps);
  }

  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("blocks", task.blocks()).put("length", task.length()).put("sampler", sampler);
    tokens.into(json, "model_tokens");
    steps.into(json, "steps");
    if (!Double.isNaN(computedSteps)) {
      json.put("steps_computed", computedSteps);
    }
    return json.put("given_up", givenUp);
  }
}
