package io.tailwalk.train.linear;

import java.util.Arrays;

/**
 * A realizable learning problem: prompts from mu, responses from {@code pi_D = pi_theta*}, and the
 * set Theta to learn in. Immutable.
 */
public final class LinearProblem {
  private static final double SUM_TOLERANCE = 1e-9;

  private final String name;
  private final LinearModel truth;
  private final double[] promptWeights;
  private final Domain domain;
  private final ExpectedVisits visits;

  /**
   * With its true model.
   *
   * @param name for tables
   * @param truth {@code pi_D}
   * @param promptWeights mu, one per prompt, summing to 1
   * @param domain Theta; contains theta*
   * @throws IllegalArgumentException if the parts do not fit each other
   */
  public LinearProblem(String name, LinearModel truth, double[] promptWeights, Domain domain) {
    this.name = name;
    this.truth = truth;
    this.promptWeights = promptWeights.clone();
    this.domain = domain;
    boolean negative = Arrays.stream(promptWeights).anyMatch(weight -> !(weight >= 0));
    if (promptWeights.length != truth.features().prompts()
        || negative
        || !(Math.abs(Arrays.stream(promptWeights).sum() - 1) <= SUM_TOLERANCE)) {
      throw new IllegalArgumentException(
          name
              + ": prompts need as many weights that sum to 1, got "
              + Arrays.toString(promptWeights));
    }
    if (!domain.contains(truth.theta())) {
      throw new IllegalArgumentException(name + ": theta* lies outside Theta");
    }
    this.visits = ExpectedVisits.of(truth, this.promptWeights);
  }

  /** For tables. */
  public String name() {
    return name;
  }

  /** {@code pi_D}. */
  public LinearModel truth() {
    return truth;
  }

  /** The features. */
  public FeatureMap features() {
    return truth.features();
  }

  /** Theta. */
  public Domain domain() {
    return domain;
  }

  /** mu of a prompt. */
  public double promptWeight(int prompt) {
    return promptWeights[prompt];
  }

  /** A copy of mu. */
  public double[] promptWeights() {
    return promptWeights.clone();
  }

  /** {@code sigma*^2 = E_D sum_h || phi - E phi ||^2}, the inherent variance, exact. */
  public double inherentVariance() {
    return visits.sum(truth.theta(), Cell::variance);
  }

  /** B, the largest {@code || phi ||} of any context that can occur. */
  public double featureBound() {
    return visits.featureBound();
  }

  /** {@code KL(pi_D || pi_theta)} of complete responses, nats, exact. */
  public double kl(double[] theta) {
    double[] star = truth.theta();
    return visits.sum(star, (cell, logProbs) -> Cell.kl(logProbs, cell.logProbs(theta)));
  }
}
