package io.tailwalk.lab.calibration;

import java.util.Locale;
import java.util.random.RandomGenerator;

/** How large the trees of a regime are, in nodes that have children. */
enum Size {
  /** Trees that a budget of some hundred nodes may know whole. */
  SMALL(5, 3_000),
  /** Trees that no budget of the experiment knows whole unless most of them is dead. */
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

  /** Inner nodes of a tree, uniform on the log scale. */
  int draw(RandomGenerator random) {
    double share = random.nextDouble();
    return (int) Math.round(least * Math.pow((double) most / least, share));
  }

  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
