package io.tailwalk.train.linear;

import java.util.ArrayList;
import java.util.List;

/**
 * The data distribution against that of any theta, exact, for problems whose features have a finite
 * state and are on a lattice: counts once, then evaluates any number of thetas.
 */
public final class ExactCoverage {
  private final LinearProblem problem;
  private final List<StatisticTable> tables;
  private final List<double[]> logP;

  /**
   * Counts the responses to every prompt.
   *
   * @throws IllegalArgumentException if features have no finite state or are not on a lattice
   */
  public ExactCoverage(LinearProblem problem) {
    if (!(problem.features() instanceof FiniteStateFeatures features)) {
      throw new IllegalArgumentException(
          problem.name() + ": features have no finite state; enumerate instead");
    }
    this.problem = problem;
    this.tables = new ArrayList<>();
    this.logP = new ArrayList<>();
    for (int prompt = 0; prompt < features.prompts(); prompt++) {
      StatisticTable table = StatisticTable.of(features, prompt);
      tables.add(table);
      logP.add(table.logMass(problem.truth().theta()));
    }
  }

  /** The problem. */
  public LinearProblem problem() {
    return problem;
  }

  /** The groups of a prompt's responses. */
  public StatisticTable table(int prompt) {
    return tables.get(prompt);
  }

  /** The two distributions, group by group. */
  public DistributionPair pair(double[] theta) {
    List<DistributionPair.Prompt> prompts = new ArrayList<>();
    for (int prompt = 0; prompt < tables.size(); prompt++) {
      double[] logQ = tables.get(prompt).logMass(theta);
      prompts.add(
          new DistributionPair.Prompt(problem.promptWeight(prompt), logP.get(prompt), logQ));
    }
    return new DistributionPair(prompts);
  }

  /** {@code Cov_N(pi_D || pi_theta)}. */
  public double coverage(double[] theta, double n) {
    return pair(theta).coverage(n);
  }
}
