package io.tailwalk.core.tree;

import io.tailwalk.core.random.Chooser;
import java.util.BitSet;

/**
 * The children of an expanded node as a distribution over actions: child {@code c} has weight
 * {@code u(c) = pi(c|v) V(c)} and prior {@code pi(c|v)} (or {@code m/K} when sampled). Children of
 * weight zero may be left out.
 */
public sealed interface Children permits ChildTable, WideChildren {

  /** {@code log S = log sum_c u(c)}; {@code -inf} if no child has weight. */
  double logTotal();

  /**
   * Draws a child's slot in proportion to {@code u}; only when {@link #logTotal} is above {@code
   * -inf}.
   */
  int draw(Chooser chooser);

  /** Number of slots; some may have weight zero. */
  int count();

  /** {@code log u} of a slot. */
  double logWeight(int slot);

  /** {@code log u} of every slot, as a new array. */
  default double[] logWeights() {
    double[] weights = new double[count()];
    for (int slot = 0; slot < weights.length; slot++) {
      weights[slot] = logWeight(slot);
    }
    return weights;
  }

  /** {@code log V} of every slot, as a new array. */
  default double[] logValues() {
    double[] values = new double[count()];
    for (int slot = 0; slot < values.length; slot++) {
      values[slot] = logValue(slot);
    }
    return values;
  }

  /** {@code log pi(c|v)} of a slot, or the log of its share of the sampled actions. */
  double logPrior(int slot);

  /** {@code log V} of a slot; {@code log tau} where the child is a leaf. */
  double logValue(int slot);

  /** {@code log pi(c|v)} of every slot, as a new array. */
  default double[] logPriors() {
    double[] priors = new double[count()];
    for (int slot = 0; slot < priors.length; slot++) {
      priors[slot] = logPrior(slot);
    }
    return priors;
  }

  /** Whether the child in a slot is a complete response. */
  boolean isLeaf(int slot);

  /**
   * The slots of prefixes that may lead to a reward: neither complete, nor of probability zero, nor
   * proven dead. A value of zero alone is not a proof ({@link
   * io.tailwalk.core.verify.ValueFunction#proof}). Returns a new set.
   */
  BitSet undecided();

  /** Approximate bytes of memory held. */
  long memoryBytes();
}
