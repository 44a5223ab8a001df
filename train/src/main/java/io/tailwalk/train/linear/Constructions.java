package io.tailwalk.train.linear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The lower-bound problems of arXiv 2510.15020. */
public final class Constructions {
  private Constructions() {}

  /**
   * One token, 1 with probability p (the Bernoulli example of Section 3): the expected KL of
   * maximum likelihood grows with the radius without bound, its coverage does not.
   *
   * @param p in (0, 1), with {@code |log(p/(1-p))| <= radius}
   * @param radius of Theta, an interval of log-odds
   */
  public static LinearProblem bernoulli(double p, double radius) {
    var features =
        new PositionalFeatures(1, List.of(List.of(Cell.dense(new double[][] {{0}, {1}}))));
    var truth = new LinearModel(features, new double[] {Math.log(p / (1 - p))});
    return new LinearProblem("Bernoulli " + p, truth, new double[] {1}, Domain.box(1, radius));
  }

  /**
   * Proposition 3.2: d = 1, prompts {0, 1}, {@code mu(1) = 1/(2n)}, tokens {-1, 1}, {@code phi(0,.)
   * = 0}, {@code phi(1, y_1:h) = y_h}, Theta = [-1, 1]. With n pairs prompt 1 is not seen with
   * probability {@code (1 - 1/(2n))^n > 0.6}, and then the data carry no information about theta.
   *
   * @param n sample size, at least 1
   * @param horizon H
   * @param thetaStar in [-1, 1]
   */
  public static LinearProblem rarePrompt(int n, int horizon, double thetaStar) {
    Cell silent = Cell.dense(new double[][] {{0}, {0}});
    Cell speaking = Cell.dense(new double[][] {{-1}, {1}});
    var features =
        new PositionalFeatures(
            1, List.of(List.of(silent), PositionalFeatures.repeated(horizon, speaking)));
    double rare = 0.5 / n;
    return new LinearProblem(
        "rare prompt, n=" + n + " H=" + horizon,
        new LinearModel(features, new double[] {thetaStar}),
        new double[] {1 - rare, rare},
        Domain.box(1, 1));
  }

  /**
   * Proposition I.1: d = H, {@code phi(+, y_1:h) = B y_h e_h}, {@code phi(-,.) = 0}, tokens {-1,
   * 1}, Theta the unit ball: one direction per token, so that sigma*^2 is unavoidable.
   *
   * @param weight mu(+)
   * @param bound B
   * @param thetaStar in the unit ball; its length is H
   */
  public static LinearProblem directionAToken(double weight, double bound, double[] thetaStar) {
    int horizon = thetaStar.length;
    List<Cell> speaking = new ArrayList<>();
    for (int h = 0; h < horizon; h++) {
      speaking.add(Cell.of(new int[] {h}, new double[][] {{-bound}, {bound}}));
    }
    Cell silent = Cell.of(new int[0], new double[2][0]);
    var features = new PositionalFeatures(horizon, List.of(speaking, List.of(silent)));
    return new LinearProblem(
        "a direction per token, H=" + horizon,
        new LinearModel(features, thetaStar),
        new double[] {weight, 1 - weight},
        Domain.ball(horizon, 1));
  }

  /**
   * Prompts that each require a separate skill: {@code phi(j, y_1:h) = B y_h e_j}, tokens {-1, 1},
   * Theta the box [-1, 1]^J.
   *
   * @param weights mu
   * @param horizon H
   * @param bound B
   * @param thetaStar one per prompt
   */
  public static LinearProblem skills(
      double[] weights, int horizon, double bound, double[] thetaStar) {
    List<List<Cell>> prompts = new ArrayList<>();
    for (int j = 0; j < weights.length; j++) {
      Cell cell = Cell.of(new int[] {j}, new double[][] {{-bound}, {bound}});
      prompts.add(PositionalFeatures.repeated(horizon, cell));
    }
    return new LinearProblem(
        weights.length + " skills, H=" + horizon,
        new LinearModel(new PositionalFeatures(weights.length, prompts), thetaStar),
        weights,
        Domain.box(weights.length, 1));
  }

  /** {@code j^-exponent} for j = 1..count, normalised. */
  public static double[] powerLaw(int count, double exponent) {
    double[] weights = new double[count];
    Arrays.setAll(weights, j -> Math.pow(j + 1, -exponent));
    double sum = Arrays.stream(weights).sum();
    return Arrays.stream(weights).map(weight -> weight / sum).toArray();
  }
}
