package io.tailwalk.sampling.adaptive;

import io.tailwalk.core.Exponentials;
import io.tailwalk.core.tree.Children;
import io.tailwalk.core.tree.Explorer;
import io.tailwalk.sampling.ThresholdResampling;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * The children of one particle over a large vocabulary: weighed, and thinned out to a few without
 * bias, so that only these become entries of the population. Reused for one particle after the
 * other.
 */
final class ManyChildren {
  private static final double ZERO = Double.NEGATIVE_INFINITY;

  private final Explorer explorer;
  private final Exponentials exponentials = new Exponentials();

  /** Log-weights, then weights in units of the largest; still log-weights if all are zero. */
  private double[] weights = new double[0];

  private int count;
  private double logUnit;
  private double logSum;

  ManyChildren(Explorer explorer) {
    this.explorer = explorer;
  }

  /**
   * Reads the children of an expanded node.
   *
   * @param depth tokens of the children
   */
  void weigh(int node, Twist twist, int depth) {
    Children children = children(node);
    count = children.count();
    weights = explorer.slotNumbers().first(count);
    twisted(node, children, twist, depth);
    logUnit = ZERO;
    for (int slot = 0; slot < count; slot++) {
      logUnit = Math.max(logUnit, weights[slot]);
    }
    logSum = ZERO;
    if (logUnit > ZERO) {
      double sum = 0;
      for (int slot = 0; slot < count; slot += Exponentials.BLOCK) {
        int length = Math.min(Exponentials.BLOCK, count - slot);
        sum += exponentials.replace(weights, slot, length, logUnit);
      }
      logSum = logUnit + Math.log(sum);
    }
  }

  private Children children(int node) {
    return Objects.requireNonNull(explorer.tree().children(node));
  }

  /** Log-weights under the twist. */
  private void twisted(int node, Children children, Twist twist, int depth) {
    Children.Uniform uniform = children.uniform();
    if (uniform != null && twist instanceof PlacedTwist placed) {
      children.logWeights(weights, placed.logFactorAt(node, -1, depth, uniform.logValue()));
      for (int token : placed.places().tokens()) {
        if (token < count && !children.isLeaf(token)) {
          double logFactor = placed.logFactor(node, token, depth, uniform.logValue());
          weights[token] = children.logWeight(token) + logFactor;
        }
      }
      return;
    }
    children.logWeights(weights);
    if (twist.equals(Twist.NONE)) {
      return;
    }
    for (int slot = 0; slot < count; slot++) {
      if (weights[slot] > ZERO && !children.isLeaf(slot)) {
        int token = explorer.childToken(node, slot);
        weights[slot] += twist.logFactor(node, token, depth, children.logValue(slot));
      }
    }
  }

  /** Log of the sum of all weights; {@code -inf} if there are none. */
  double logSum() {
    return logSum;
  }

  /** Whether more children than a number have a weight. */
  boolean areMoreThan(int number) {
    int positive = 0;
    for (int slot = 0; slot < count; slot++) {
      positive += weights[slot] > 0 ? 1 : 0;
    }
    return positive > number;
  }

  /** Keeps some children, each of which has its own weight in expectation. */
  void thin(int number, RandomGenerator random) {
    ThresholdResampling.choose(weights, count, number, random);
  }

  /** The next child that is kept; the number of children if there is none. */
  int next(int from) {
    int slot = from;
    while (slot < count && !(weights[slot] > 0)) {
      slot++;
    }
    return slot;
  }

  /** Number of children, kept or not. */
  int count() {
    return count;
  }

  /** Log-weight of a child that is kept. */
  double logWeight(int slot) {
    return logUnit + Math.log(weights[slot]);
  }
}
