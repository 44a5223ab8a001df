package io.tailwalk.lab.horizon;

import io.tailwalk.lab.Scale;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How the experiment is run.
 *
 * @param scale quick: from the shipped base model; full: from nothing, longer horizons
 * @param seed of initial weights, training data and held-out prompts
 * @param threads inside each operation of training, at least 1; results are the same bit for bit
 *     between runs with the same number only, since it changes the order of sums
 * @param state where unfinished runs are kept, to go on from
 */
public record HorizonSettings(Scale scale, long seed, int threads, Optional<Path> state) {
  /** Refuses numbers out of range. */
  public HorizonSettings {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, got " + threads);
    }
  }
}
