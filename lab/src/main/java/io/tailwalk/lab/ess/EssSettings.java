package io.tailwalk.lab.ess;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.tailwalk.lab.Scale;
import java.util.List;

/**
 * Settings of the experiment.
 *
 * @param scale quick: H = 32, errors 0 and 0.3; full: H = 32, 64, 128, errors 0, 0.1, 0.3, 0.7
 * @param repeats runs of each sampler in each cell, at least 2; the claim is about 300
 * @param seed seed of all randomness
 * @param threads number of threads, at least 1; never changes a number
 */
@JsonIgnoreProperties("threads")
public record EssSettings(Scale scale, int repeats, long seed, int threads) {
  /** Refuses numbers out of range. */
  public EssSettings {
    if (repeats < 2) {
      throw new IllegalArgumentException("repeats must be at least 2, got " + repeats);
    }
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, got " + threads);
    }
  }

  List<DyckCell> cells() {
    return switch (scale) {
      case QUICK -> DyckCell.all(List.of(32), List.of(0.0, 0.3));
      case FULL -> DyckCell.all(List.of(32, 64, 128), List.of(0.0, 0.1, 0.3, 0.7));
    };
  }
}
