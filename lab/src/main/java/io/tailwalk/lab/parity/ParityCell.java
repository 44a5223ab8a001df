package io.tailwalk.lab.parity;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tailwalk.lab.Measured;
import java.util.List;
import java.util.Optional;

/**
 * The cost of a first rewarded response with one sampler.
 *
 * @param task the problem
 * @param sampler the sampler's label
 * @param tokens model tokens
 * @param steps moves, or letters written
 * @param computed the computed number of steps; NaN if it is not known; with the expected standard
 *     error of a mean of this many searches, 0 if only the mean is known
 * @param micros wall time of a search, microseconds; the only figure that does not depend on the
 *     seed alone
 * @param givenUp searches that found no rewarded response
 */
record ParityCell(
    ParityTask task,
    String sampler,
    Measured tokens,
    Measured steps,
    Measured computed,
    double micros,
    int givenUp) {
  /** The cell of searches with one value. */
  static ParityCell of(ParityTask task, String sampler, List<Attempt> attempts, Measured computed) {
    return new ParityCell(
        task,
        sampler,
        Measured.of(attempts.stream().mapToDouble(a -> a.cost().modelTokens()).toArray()),
        Measured.of(attempts.stream().mapToDouble(a -> a.cost().steps()).toArray()),
        computed,
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
        Measured.mean(cells.stream().map(ParityCell::computed).toList()),
        cells.stream().mapToDouble(ParityCell::micros).average().orElse(0),
        cells.stream().mapToInt(ParityCell::givenUp).sum());
  }

  /** Whether the number of steps was computed. */
  boolean isComputed() {
    return !Double.isNaN(computed.value());
  }

  /**
   * Whether the steps agree with the computed number, if there is one, within Monte Carlo error.
   * This uses the larger of the measured and the computed standard error, since a standard error
   * measured on a few rare failures is unreliable.
   */
  boolean asComputed() {
    double error = Math.max(steps.standardError(), computed.standardError());
    return !isComputed() || new Measured(steps.value(), error).agreesWith(computed.value());
  }

  /** The cell in the JSON of its experiment. */
  record Figures(
      int blocks,
      int length,
      String sampler,
      double modelTokens,
      double modelTokensStandardError,
      double steps,
      double stepsStandardError,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Double> stepsComputed,
      int givenUp) {}

  Figures figures() {
    return new Figures(
        task.blocks(),
        task.length(),
        sampler,
        tokens.value(),
        tokens.standardError(),
        steps.value(),
        steps.standardError(),
        Optional.of(computed.value()).filter(_ -> isComputed()),
        givenUp);
  }
}
