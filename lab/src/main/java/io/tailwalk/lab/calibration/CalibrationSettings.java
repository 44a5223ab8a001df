package io.tailwalk.lab.calibration;

import io.tailwalk.lab.Scale;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Consumer;

/**
 * Settings of the experiment.
 *
 * @param scale quick: a small fixed part; full: all regimes and budgets, with suspect cells
 *     measured again
 * @param repeats runs per cell, spread evenly over the trees, at least as many as trees
 * @param seed seed of all randomness
 * @param threads number of threads, at least 1; never changes a number
 * @param samplers names of samplers; empty for all
 * @param regimes names or families of regimes; empty for those of the scale
 */
public record CalibrationSettings(
    Scale scale, int repeats, long seed, int threads, List<String> samplers, List<String> regimes) {
  /** Refuses numbers out of range and unknown names. */
  public CalibrationSettings {
    samplers = List.copyOf(new LinkedHashSet<>(samplers));
    regimes = List.copyOf(regimes);
    if (repeats < trees(scale)) {
      throw new IllegalArgumentException(
          "repeats must be at least " + trees(scale) + ", the number of trees, got " + repeats);
    }
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, got " + threads);
    }
    known("samplers", samplers, Contender::of);
    known("regimes", regimes, name -> Regimes.named(List.of(name)));
  }

  private static void known(String field, List<String> names, Consumer<String> lookUp) {
    try {
      names.forEach(lookUp);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(field + ": " + e.getMessage(), e);
    }
  }

  /** The default number of runs per cell. */
  public static int repeats(Scale scale) {
    return scale.choose(96, 408);
  }

  private static int trees(Scale scale) {
    return scale.choose(8, 24);
  }

  int trees() {
    return trees(scale);
  }

  List<Integer> budgets() {
    return scale.choose(List.of(24, 120, 600), List.of(24, 120, 600, 3_000));
  }

  /** Fresh runs of a suspect cell; 0 for none. */
  int freshRuns() {
    return scale.choose(0, 4_000);
  }

  List<Regime> chosenRegimes() {
    if (!regimes.isEmpty()) {
      return Regimes.named(regimes);
    }
    return scale.choose(Regimes.quick(), Regimes.full());
  }

  List<Contender> judged() {
    List<String> names = samplers.isEmpty() ? Contender.names() : samplers;
    return names.stream().map(Contender::of).toList();
  }
}
