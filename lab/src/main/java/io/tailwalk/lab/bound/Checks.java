package io.tailwalk.lab.bound;

import io.tailwalk.train.linear.DistributionPair;

/** Checks every bound on one problem. */
final class Checks {
  private static final double[] LEVELS = {1, 1.5, 2, Math.E, 3, 4, 6, 8, 12, 16, 32, 64, 256, 1024};
  private static final long[] DRAWS = {1, 2, 4, 8, 16, 64, 256, 1024};
  private static final double[] SLACKS = {0.8, 0.5, 0.1, 0.01};

  private final RandomCase problem;
  private final Distributions distributions;
  private final Tally tally = new Tally();

  private Checks(RandomCase problem) {
    this.problem = problem;
    this.distributions = new Distributions(problem.pair());
  }

  static Tally of(RandomCase problem) {
    var checks = new Checks(problem);
    checks.divergences();
    checks.chainRule();
    checks.stepwise();
    checks.bestOfN();
    return checks.tally;
  }

  private void check(Bound bound, double left, double right, String at) {
    tally.check(bound, left, right, problem.name() + ", " + at);
  }

  private void divergences() {
    double kl = distributions.pair().kl();
    double hellinger = distributions.hellinger();
    for (double n : LEVELS) {
      if (n > 1) {
        double coverage = distributions.pair().coverage(n);
        check(Bound.KL, coverage, kl / (Math.log(n) - 1 + 1 / n), "N=" + n);
        double root = Math.sqrt(n) - 1;
        check(Bound.HELLINGER, coverage, 2 * n / (root * root) * hellinger, "N=" + n);
      }
    }
  }

  private void chainRule() {
    for (double m1 : LEVELS) {
      for (double m2 : LEVELS) {
        double right =
            m2 * distributions.pair().coverage(m1 / m2) + problem.targetAgainstData().coverage(m2);
        check(
            Bound.CHAIN,
            problem.targetAgainstModel().coverage(m1),
            right,
            "M1=" + m1 + " M2=" + m2);
      }
    }
  }

  private void stepwise() {
    for (double n : LEVELS) {
      double level = Math.log(n);
      if (n > Math.E) {
        double stopped = 0;
        for (int x = 0; x < distributions.pair().prompts().size(); x++) {
          DistributionPair.Prompt prompt = distributions.pair().prompts().get(x);
          for (int y = 0; y < prompt.logP().length; y++) {
            double mass = prompt.weight() * Math.exp(prompt.logP()[y]);
            stopped += mass * Math.min(level, problem.steps().kl(x, y));
          }
        }
        check(Bound.STOPPED, distributions.pair().coverage(n), 2 / (level - 1) * stopped, "N=" + n);
      }
      for (double delta : SLACKS) {
        double far = 0;
        for (int x = 0; x < distributions.pair().prompts().size(); x++) {
          DistributionPair.Prompt prompt = distributions.pair().prompts().get(x);
          for (int y = 0; y < prompt.logP().length; y++) {
            boolean beyond = problem.steps().hellinger(x, y) >= Math.log(n / delta);
            far += beyond ? prompt.weight() * Math.exp(prompt.logP()[y]) : 0;
          }
        }
        check(
            Bound.CONVERSE,
            far - delta,
            distributions.pair().coverage(n),
            "N=" + n + " delta=" + delta);
      }
    }
  }

  private void bestOfN() {
    for (long draws : DRAWS) {
      Distributions.Outcome worst = distributions.worstReward(draws);
      double loss = simulationLoss(distributions.pair(), draws);
      check(Bound.SIMULATION, worst.pi() - loss, worst.bestOfN(), "N=" + draws);
      Distributions.Outcome uncovered = distributions.rewardAbove(2.0 * draws, draws);
      double half = distributions.pair().coverage(2.0 * draws) / 2;
      check(Bound.NECESSARY, half, uncovered.gap(), "N=" + draws);
      for (double m : LEVELS) {
        double coverage = distributions.pair().coverage(m);
        double slack = Math.exp(-draws / (2 * m));
        if (coverage <= 0.5 && slack < 1) {
          check(Bound.SUFFICIENT, worst.gap(), coverage + slack, "N=" + draws + " M=" + m);
        }
      }
    }
  }

  /** {@code min_M [Cov_M + exp(-N/M)]} over a grid of M with eight steps per octave. */
  static double simulationLoss(DistributionPair pair, long draws) {
    double least = 1;
    for (int i = 0; i <= 8 * 12; i++) {
      double m = Math.pow(2, i / 8.0);
      least = Math.min(least, pair.coverage(m) + Math.exp(-draws / m));
    }
    return least;
  }
}
