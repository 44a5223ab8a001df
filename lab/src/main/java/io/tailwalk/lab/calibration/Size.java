package io.tailwalk.lab.calibration;

import java.util.Locale;
import java.util.random.RandomGenerator;

/** The size of the trees of a regime, in nodes that have children. */
enum Size {
  /** Trees that a budget of some hundred nodes may explore completely. */
  SMALL(5, 3_000),
  /** Trees that no budget of the experiment explores completely unless most of them is dead. */
  LARGE(4_000, 18_000);

  private final int least;
  private final int most;

  Size(int least, int most) {
    this.least = least;
    this.most = most;
  }

  int least() {
    return least;
  }

  int most() {
    return most;
  }

  /** Number of inner nodes of a tree, uniform on the log scale. */
  int draw(RandomGenerator random) {
    double share = random.nextDouble();
    return (int) Math.round(least * Math.pow((double) most / least, share));
  }

  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
