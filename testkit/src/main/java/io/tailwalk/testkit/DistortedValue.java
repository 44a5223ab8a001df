package io.tailwalk.testkit;

import io.tailwalk.core.random.Streams;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.ValueFunction;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The exact value of every prefix of a small tree, times a factor drawn once for each prefix. */
final class DistortedValue implements ValueFunction {
  private final Map<TokenSequence, Double> logValues = new HashMap<>();

  /**
   * Computes the value of every prefix.
   *
   * @param logError largest error either way, nats
   */
  DistortedValue(ExactDistribution exact, double logError, long seed) {
    Map<TokenSequence, double[]> sums = new HashMap<>();
    exact
        .leaves()
        .forEach((tokens, leaf) -> {
          for (int length = 0; length < tokens.tokenIds().size(); length++) {
            var prefix = new TokenSequence(tokens.tokenIds().subList(0, length));
            double[] sum = sums.computeIfAbsent(prefix, _ -> new double[2]);
            sum[0] += Math.exp(leaf.logPi() + leaf.logTau());
            sum[1] += Math.exp(leaf.logPi());
          }
        });
    sums.forEach((prefix, sum) -> {
      double error = 2 * Streams.of(seed, Arrays.hashCode(prefix.toArray())).nextDouble() - 1;
      logValues.put(prefix, Math.log(sum[0] / sum[1]) + logError * error);
    });
  }

  /** A prefix that the model cannot write has no response and the value zero. */
  @Override
  public double logValue(Candidate prefix) {
    return logValues.getOrDefault(TokenSequence.of(prefix.tokenIds()), Double.NEGATIVE_INFINITY);
  }
}
