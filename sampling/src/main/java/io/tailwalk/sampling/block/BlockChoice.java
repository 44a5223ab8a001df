package io.tailwalk.sampling.block;

import io.tailwalk.core.random.Chooser;

/** Choice among several candidate blocks, drawn from the model, by their values. */
public enum BlockChoice {
  /** The highest value, the first among equals. */
  BEST("best") {
    @Override
    int choose(double[] weights, Chooser chooser) {
      int best = 0;
      for (int i = 1; i < weights.length; i++) {
        best = weights[i] > weights[best] ? i : best;
      }
      return best;
    }
  },

  /** In proportion to value. */
  PROPORTIONAL("proportional") {
    @Override
    int choose(double[] weights, Chooser chooser) {
      return categorical(weights, chooser);
    }
  },

  /** The largest of value over an independent uniform number, see {@link UniformRace}. */
  RACE("race") {
    @Override
    int choose(double[] weights, Chooser chooser) {
      return categorical(UniformRace.winningProbabilities(weights), chooser);
    }
  };

  private final String wireName;

  BlockChoice(String wireName) {
    this.wireName = wireName;
  }

  /** The name used in parameters. */
  public String wireName() {
    return wireName;
  }

  /**
   * The index of the chosen candidate.
   *
   * @param weights values on any common scale, the largest above zero
   */
  abstract int choose(double[] weights, Chooser chooser);

  private static int categorical(double[] weights, Chooser chooser) {
    double[] cumulative = weights.clone();
    for (int i = 1; i < cumulative.length; i++) {
      cumulative[i] += cumulative[i - 1];
    }
    return chooser.categorical(cumulative, 0, cumulative.length);
  }
}
