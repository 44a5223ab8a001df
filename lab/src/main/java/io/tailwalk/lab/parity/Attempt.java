package io.tailwalk.lab.parity;

import io.tailwalk.builtin.problem.Problem;
import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.cost.Cost;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.lab.Problems;
import io.tailwalk.sampling.RunOptions;
import io.tailwalk.sampling.Sampler;
import io.tailwalk.sampling.Sampling;
import io.tailwalk.sampling.SamplingListener;

/**
 * A run until the verifier first accepts a response or the budget is used.
 *
 * @param found whether the verifier accepted a response
 * @param cost cost up to that moment
 */
record Attempt(boolean found, Cost cost) {
  /** Runs a sampler. */
  static Attempt of(Problem problem, Sampler sampler, Budget budget, long seed) {
    var bell = new Bell(problem.verifier());
    var heard =
        new Problem(
            problem.name(),
            problem.model(),
            problem.prompt(),
            problem.value(),
            bell,
            problem.maxTokens());
    var options = new RunOptions(Integer.MAX_VALUE, budget, seed, System::nanoTime);
    var listener =
        new SamplingListener() {
          @Override
          public boolean cancelled() {
            return bell.rang;
          }
        };
    Sampling sampling = Problems.run(heard, sampler, options, listener);
    return new Attempt(bell.rang, sampling.cost());
  }

  /** Records that a response was rewarded; for one run only. */
  private static final class Bell implements Verifier {
    private final Verifier inner;
    private boolean rang;

    private Bell(Verifier inner) {
      this.inner = inner;
    }

    @Override
    public String name() {
      return inner.name();
    }

    @Override
    public double logReward(Candidate complete) {
      double logReward = inner.logReward(complete);
      rang |= logReward > Double.NEGATIVE_INFINITY;
      return logReward;
    }
  }
}
