package io.tailwalk.lab.horizon;

import io.tailwalk.lab.Scale;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Settings of the experiment.
 *
 * @param scale quick: from the shipped base model; full: from scratch, with longer horizons
 * @param seed seed of initial weights, training data and held-out prompts
 * @param threads threads inside each operation of training, at least 1; only runs with the same
 *     number are bit-identical, since the number changes the order of sums
 * @param state folder of unfinished runs, from which they resume
 */
public record HorizonSettings(Scale scale, long seed, int threads, Optional<Path> state) {
  /** Refuses numbers out of range. */
  public HorizonSettings {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, got " + threads);
    }
  }
}
