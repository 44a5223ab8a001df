package io.tailwalk.lab.generalise;

import io.tailwalk.core.random.Streams;
import io.tailwalk.train.linear.Cell;
import io.tailwalk.train.linear.Domain;
import io.tailwalk.train.linear.LinearModel;
import io.tailwalk.train.linear.LinearProblem;
import io.tailwalk.train.linear.PositionalFeatures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A problem of many skills with one coordinate each, tokens {-1, 1}, and responses of very
 * different lengths. The number of skills of length L is proportional to 1/L, and the probabilities
 * of the skills of each length follow the same power law. At every sample size some skills are
 * still unseen, those of length L with probability about 1/L, and the tail of the log ratio falls
 * like one over its argument: as slowly as Cov_N can at a given KL.
 */
final class Lengths {
  private static final int[] LENGTHS = {1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64};
  private static final int SHORTEST_SKILLS = 192;
  private static final double POWER = 1.5;
  private static final double BOUND = 2;
  private static final double SIZE = 0.9;

  private Lengths() {}

  /** The problem, with directions of theta* drawn by the seed. */
  static LinearProblem problem(long seed) {
    RandomGenerator random = Streams.of(seed, 0x1E);
    List<List<Cell>> prompts = new ArrayList<>();
    List<Double> masses = new ArrayList<>();
    for (int length : LENGTHS) {
      int skills = SHORTEST_SKILLS / length;
      for (int i = 0; i < skills; i++) {
        Cell cell = Cell.of(new int[] {prompts.size()}, new double[][] {{-BOUND}, {BOUND}});
        prompts.add(PositionalFeatures.repeated(length, cell));
        masses.add(Math.pow((i + 0.5) / skills, -POWER));
      }
    }
    int dimension = prompts.size();
    double total = masses.stream().mapToDouble(Double::doubleValue).sum();
    double[] weights = masses.stream().mapToDouble(mass -> mass / total).toArray();
    double[] thetaStar = new double[dimension];
    Arrays.setAll(thetaStar, _ -> random.nextBoolean() ? SIZE : -SIZE);
    var features = new PositionalFeatures(dimension, prompts);
    return new LinearProblem(
        dimension + " skills of " + LENGTHS.length + " lengths",
        new LinearModel(features, thetaStar),
        weights,
        Domain.box(dimension, 1));
  }
}
