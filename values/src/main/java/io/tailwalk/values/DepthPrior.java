package io.tailwalk.values;

import java.util.ArrayList;
import java.util.List;

/**
 * A prior by the number of tokens: a logit for each, to which a perceptron's output is added. A
 * perceptron with output 0 therefore equals the mean at each depth.
 *
 * @param logits by number of tokens, from 0; empty for none
 */
public record DepthPrior(List<Double> logits) {
  /** An empty prior. */
  public static final DepthPrior NONE = new DepthPrior(List.of());

  /** Prefixes whose label would be the mean of all, added at each depth. */
  private static final double PSEUDO = 4;

  private static final double LEAST = 1e-4;

  /** Keeps a copy. */
  public DepthPrior {
    logits = List.copyOf(logits);
  }

  /** The prior of rows. */
  public static DepthPrior of(PrefixTable rows) {
    double all = 0;
    int deepest = 0;
    for (int row = 0; row < rows.count(); row++) {
      all += rows.label(row);
      deepest = Math.max(deepest, rows.length(row));
    }
    double mean = rows.count() == 0 ? 0.5 : all / rows.count();
    double[] sums = new double[deepest + 1];
    double[] counts = new double[deepest + 1];
    for (int row = 0; row < rows.count(); row++) {
      sums[rows.length(row)] += rows.label(row);
      counts[rows.length(row)]++;
    }
    List<Double> logits = new ArrayList<>();
    for (int depth = 0; depth <= deepest; depth++) {
      double p = (sums[depth] + PSEUDO * mean) / (counts[depth] + PSEUDO);
      double bounded = Math.clamp(p, LEAST, 1 - LEAST);
      logits.add(Math.log(bounded) - Math.log1p(-bounded));
    }
    return new DepthPrior(logits);
  }

  /** The logit for a number of tokens. */
  public double logit(int tokens) {
    return logits.isEmpty() ? 0 : logits.get(Math.min(tokens, logits.size() - 1));
  }
}
