package io.tailwalk.lab.bound;

import io.tailwalk.train.linear.DistributionPair;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** A pair of distributions with the quantities that the bounds relate. */
final class Distributions {
  private final DistributionPair pair;
  private final List<Integer[]> byRatio;

  Distributions(DistributionPair pair) {
    this.pair = pair;
    this.byRatio = pair.prompts().stream().map(Distributions::descending).toList();
  }

  private static Integer[] descending(DistributionPair.Prompt prompt) {
    Integer[] order = IntStream.range(0, prompt.logP().length).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparingDouble((Integer group) -> -prompt.logRatio(group)));
    return order;
  }

  DistributionPair pair() {
    return pair;
  }

  /** {@code 1/2 sum (sqrt pi - sqrt q)^2}, mean over prompts. */
  double hellinger() {
    double sum = 0;
    for (DistributionPair.Prompt prompt : pair.prompts()) {
      double[] p = prompt.logP();
      double[] q = prompt.logQ();
      for (int group = 0; group < p.length; group++) {
        double difference = Math.exp(p[group] / 2) - Math.exp(q[group] / 2);
        sum += prompt.weight() * difference * difference / 2;
      }
    }
    return sum;
  }

  /** A 0/1 reward of the responses with {@code pi/q} of at least a threshold. */
  Outcome rewardAbove(double ratio, long draws) {
    double pi = 0;
    double best = 0;
    for (DistributionPair.Prompt prompt : pair.prompts()) {
      double p = 0;
      double q = 0;
      for (int group = 0; group < prompt.logP().length; group++) {
        if (prompt.reaches(group, Math.log(ratio))) {
          p += Math.exp(prompt.logP()[group]);
          q += Math.exp(prompt.logQ()[group]);
        }
      }
      pi += prompt.weight() * p;
      best += prompt.weight() * bestOf(q, draws);
    }
    return new Outcome(pi, best);
  }

  /**
   * The 0/1 reward on which Best-of-N loses most, among rewards of the responses with the largest
   * {@code pi/q} of each prompt.
   */
  Outcome worstReward(long draws) {
    double pi = 0;
    double best = 0;
    for (int i = 0; i < byRatio.size(); i++) {
      DistributionPair.Prompt prompt = pair.prompts().get(i);
      double p = 0;
      double q = 0;
      var worst = new Outcome(0, 0);
      for (int group : byRatio.get(i)) {
        p += Math.exp(prompt.logP()[group]);
        q += Math.exp(prompt.logQ()[group]);
        var outcome = new Outcome(p, bestOf(q, draws));
        worst = outcome.gap() > worst.gap() ? outcome : worst;
      }
      pi += prompt.weight() * worst.pi();
      best += prompt.weight() * worst.bestOfN();
    }
    return new Outcome(pi, best);
  }

  /** {@code 1 - (1 - q)^draws}. */
  static double bestOf(double q, long draws) {
    return q >= 1 ? 1 : -Math.expm1(draws * Math.log1p(-q));
  }

  /**
   * Success probabilities of one draw from pi and of the best of N draws from q.
   *
   * @param pi success probability of one draw from pi
   * @param bestOfN success probability of the best of N draws from q
   */
  record Outcome(double pi, double bestOfN) {
    double gap() {
      return pi - bestOfN;
    }
  }
}
