package io.tailwalk.train.linear;

/**
 * An update rule of parameters from a gradient: a pure function from state to state. Gradients
 * point uphill, in the direction in which the log-likelihood grows.
 */
public interface UpdateRule {

  /**
   * Parameters with a rule's statistics of past gradients. Arrays are not modified after
   * construction.
   *
   * @param theta the parameters
   * @param first running mean of gradients; empty unless the rule keeps one
   * @param second running mean of their squares; empty unless the rule keeps one
   * @param steps taken so far
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record State(double[] theta, double[] first, double[] second, long steps) {
    /** Parameters before the first step. */
    public static State at(double[] theta) {
      return new State(theta.clone(), new double[0], new double[0], 0);
    }
  }

  /** The state after one step; projected onto the domain. */
  State step(State state, double[] gradient, Domain domain);

  /** The same rule with eta times a factor, for grids. */
  UpdateRule scaled(double factor);

  /**
   * {@code theta <- Proj(theta + eta g)} (arXiv 2510.15020, Equation 14).
   *
   * @param eta step size, above 0
   */
  record Sgd(double eta) implements UpdateRule {
    /** Refuses a step size that is not positive. */
    public Sgd {
      requirePositive("eta", eta);
    }

    @Override
    public State step(State state, double[] gradient, Domain domain) {
      return new State(
          moved(state.theta, gradient, eta, domain), state.first, state.second, state.steps + 1);
    }

    @Override
    public Sgd scaled(double factor) {
      return new Sgd(eta * factor);
    }
  }

  /**
   * {@code theta <- Proj(theta + eta g / (lambda + ||g||))} (Equations 17 and 18); g is the mean
   * over a mini-batch.
   *
   * @param eta longest step, above 0
   * @param lambda gradient norm at which a step has half that length, at least 0
   */
  record NormalizedSgd(double eta, double lambda) implements UpdateRule {
    /** Refuses numbers out of range. */
    public NormalizedSgd {
      requirePositive("eta", eta);
      if (!(lambda >= 0) || Double.isInfinite(lambda)) {
        throw new IllegalArgumentException("lambda must be finite and at least 0, got " + lambda);
      }
    }

    /**
     * The step size and lambda in the proof of Theorem 5.1 (Appendix I.5), with {@code M = log N}:
     * {@code eta = min{1/(128 B), (M / (sigma*^2 T))^(1/4)}, lambda = M / (16 eta)}.
     *
     * @param bound B
     * @param inherentVariance sigma*^2
     * @param steps T
     * @param n the N of the target coverage, above 1
     */
    public static NormalizedSgd ofTheory(
        double bound, double inherentVariance, long steps, double n) {
      double m = Math.log(n);
      double eta =
          Math.min(1 / (128 * bound), Math.sqrt(Math.sqrt(m / (inherentVariance * steps))));
      return new NormalizedSgd(eta, m / (16 * eta));
    }

    @Override
    public State step(State state, double[] gradient, Domain domain) {
      double norm = Domain.norm(gradient);
      double scale = norm == 0 ? 0 : eta / (lambda + norm);
      return new State(
          moved(state.theta, gradient, scale, domain), state.first, state.second, state.steps + 1);
    }

    @Override
    public NormalizedSgd scaled(double factor) {
      return new NormalizedSgd(eta * factor, lambda);
    }
  }

  /**
   * Adam with bias correction (Kingma and Ba 2015, Algorithm 1), projected.
   *
   * @param eta step size, above 0
   * @param beta1 decay of the mean of gradients, in [0, 1)
   * @param beta2 decay of the mean of their squares, in [0, 1)
   * @param epsilon added to the root of the squares, above 0
   */
  record Adam(double eta, double beta1, double beta2, double epsilon) implements UpdateRule {
    /** Refuses numbers out of range. */
    public Adam {
      requirePositive("eta", eta);
      requirePositive("epsilon", epsilon);
      if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1)) {
        throw new IllegalArgumentException(
            "beta1 and beta2 must lie in [0, 1), got " + beta1 + " and " + beta2);
      }
    }

    /** With the default constants 0.9, 0.999 and 1e-8. */
    public static Adam of(double eta) {
      return new Adam(eta, 0.9, 0.999, 1e-8);
    }

    @Override
    public State step(State state, double[] gradient, Domain domain) {
      int d = gradient.length;
      double[] first = new double[d];
      double[] second = new double[d];
      double[] move = new double[d];
      long steps = state.steps + 1;
      double meanWeight = 1 - Math.pow(beta1, (double) steps);
      double squareWeight = 1 - Math.pow(beta2, (double) steps);
      for (int i = 0; i < d; i++) {
        double m = state.steps == 0 ? 0 : state.first[i];
        double v = state.steps == 0 ? 0 : state.second[i];
        first[i] = beta1 * m + (1 - beta1) * gradient[i];
        second[i] = beta2 * v + (1 - beta2) * gradient[i] * gradient[i];
        move[i] = first[i] / meanWeight / (Math.sqrt(second[i] / squareWeight) + epsilon);
      }
      return new State(moved(state.theta, move, eta, domain), first, second, steps);
    }

    @Override
    public Adam scaled(double factor) {
      return new Adam(eta * factor, beta1, beta2, epsilon);
    }
  }

  private static double[] moved(double[] theta, double[] direction, double scale, Domain domain) {
    double[] moved = theta.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += scale * direction[i];
    }
    domain.project(moved);
    return moved;
  }

  private static void requirePositive(String name, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(name + " must be finite and above 0, got " + value);
    }
  }
}
