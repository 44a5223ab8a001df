package io.tailwalk.train.linear;

import java.util.ArrayList;
import java.util.List;

/*
 * Why constant steps fail (after arXiv 2510.15020, Proposition 5.1: Cov >= c min{H/(T log N), 1}
 * for every constant step; its own construction is in an appendix we have not seen, this one is
 * ours).
 *
 * Tokens {-1, 0, 1}. Two long prompts, each with H tokens that are almost always 0:
 *   phi(+, 0) = B u, phi(-, 0) = B v, phi(., -1) = phi(., 1) = 0,  u = (g, s), v = (g, -s), g =
 *   1/2,
 * so <u, v> = -1/2. At theta* = (1, 0) both have margin B/2 = 10: a token is not 0 once in 11,000,
 * and sigma*^2 stays small. Theta is the unit disc times [-1, 1]^J.
 *
 * A step on prompt + while it is wrong moves theta by eta B H times u, nearly. If eta B H > 3 then
 * from u the step on prompt - leads to the direction u + s v with s > 2 + margin, where + is wrong
 * again (<u + s v, u> = 1 - s/2 < 0): theta jumps from one to the other forever, for every T, and
 * at each time one of the two prompts, of probability q/2 each, has a log ratio of order B H.
 *
 * So eta <= 3/(B H). A short prompt j of probability p_j has k tokens, phi(j, y) = b y e_j,
 * theta*_j = 1: its coordinate moves by at most eta b k a visit, so that after T sequences it is
 * still near 0, where k tokens have a log ratio of k log(3 P(1)) > log N, unless T p_j >= c B H /
 * (b k). Summed over a tail of p_j = 2^-j this leaves a probability of order B H / (T k b), k b of
 * order log N.
 *
 * Normalising removes the factor H: a step has length eta at most, for every length of the
 * response.
 */

/**
 * A problem on which stochastic gradient descent with any constant step covers worse the longer
 * responses are, while the inherent variance stays small: two long prompts between which large
 * steps oscillate, and a tail of increasingly rare short prompts that small steps do not learn in
 * time.
 */
public final class PullApart {
  /** Total probability of the two long prompts. */
  public static final double LONG_MASS = 0.1;

  /** B of the long prompts. */
  public static final double LONG_BOUND = 20;

  /** b of the short prompts. */
  public static final double SHORT_BOUND = 3;

  /** k, tokens of a response to a short prompt. */
  public static final int SHORT_LENGTH = 4;

  private PullApart() {}

  /**
   * The problem.
   *
   * @param horizon H, tokens of a response to a long prompt
   * @param tail number of short prompts; the j-th has probability in proportion to {@code 2^-j}
   */
  public static LinearProblem problem(int horizon, int tail) {
    double g = LONG_BOUND / 2;
    double s = LONG_BOUND * Math.sqrt(3) / 2;
    int[] plane = {0, 1};
    List<List<Cell>> prompts = new ArrayList<>();
    for (double side : new double[] {s, -s}) {
      Cell cell = Cell.of(plane, new double[][] {{0, 0}, {g, side}, {0, 0}});
      prompts.add(PositionalFeatures.repeated(horizon, cell));
    }
    int dimension = 2 + tail;
    int[] blocks = new int[1 + tail];
    double[] thetaStar = new double[dimension];
    double[] weights = new double[2 + tail];
    thetaStar[0] = 1;
    blocks[0] = 2;
    weights[0] = LONG_MASS / 2;
    weights[1] = LONG_MASS / 2;
    double scale = (1 - LONG_MASS) / (1 - Math.pow(2, -tail));
    for (int j = 1; j <= tail; j++) {
      double b = SHORT_BOUND;
      Cell cell = Cell.of(new int[] {1 + j}, new double[][] {{-b}, {0}, {b}});
      prompts.add(PositionalFeatures.repeated(SHORT_LENGTH, cell));
      thetaStar[1 + j] = 1;
      blocks[j] = 1;
      weights[1 + j] = scale * Math.pow(2, -j);
    }
    return new LinearProblem(
        "pull apart, H=" + horizon,
        new LinearModel(new PositionalFeatures(dimension, prompts), thetaStar),
        weights,
        Domain.blocks(1, blocks));
  }
}
