package io.tailwalk.lab.rivals;

import io.tailwalk.builtin.problem.Classics;
import io.tailwalk.builtin.problem.Problem;
import io.tailwalk.sampling.Completion;
import java.util.List;

/**
 * A problem whose target draws letters independently, so that the number of one letter is binomial.
 *
 * @param name name in tables
 * @param length H, the number of letters
 * @param problem model, value and reward
 * @param letter token id of the counted letter
 * @param share probability of the letter under the target
 */
record RivalCase(String name, int length, Problem problem, int letter, double share) {
  /** The error of the value of {@link #abc}. */
  static final double ERROR = 0.5;

  /** Example 3.1 of arXiv 2510.03149: letters a and b are equally probable under the target. */
  static RivalCase abc(int length) {
    return new RivalCase("abc", length, Classics.abc(length, ERROR), 0, 0.5);
  }

  /** Example 3.2 with an exponential tilt: ones have the odds e under the target. */
  static RivalCase delay(int length) {
    return new RivalCase("delay", length, Classics.delayTilted(length), 1, Math.E / (1 + Math.E));
  }

  /** Both problems at every length. */
  static List<RivalCase> all(List<Integer> lengths) {
    return lengths.stream()
        .<RivalCase>mapMulti((length, to) -> {
          to.accept(abc(length));
          to.accept(delay(length));
        })
        .toList();
  }

  /**
   * Error of a weighted sample's mean number of the letter, in standard deviations of the number
   * under the target; 1 if there is no sample.
   */
  double error(List<Completion> outcomes) {
    if (outcomes.isEmpty()) {
      return 1;
    }
    double mean = 0;
    for (Completion outcome : outcomes) {
      long count = outcome.tokenIds().stream().filter(token -> token == letter).count();
      mean += outcome.weight() * count;
    }
    return (mean - length * share) / Math.sqrt(length * share * (1 - share));
  }
}
