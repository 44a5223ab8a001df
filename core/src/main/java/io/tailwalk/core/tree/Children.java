package io.tailwalk.core.tree;

import io.tailwalk.core.random.Chooser;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * The children of an expanded node as a distribution over actions: child {@code c} has weight
 * {@code u(c) = pi(c|v) V(c)} and prior {@code pi(c|v)} (or {@code m/K} when sampled). Children of
 * weight zero may be left out.
 */
public sealed interface Children permits ChildTable, WideChildren, MaskedChildren {

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

  /**
   * {@code log u} of every slot.
   *
   * @param out one element per slot
   */
  default void logWeights(double[] out) {
    for (int slot = 0; slot < out.length; slot++) {
      out[slot] = logWeight(slot);
    }
  }

  /**
   * {@code log u} of every slot, and more for children that are not complete.
   *
   * @param out one element per slot
   * @param logFactor added to the log-weights of children that are not complete
   */
  default void logWeights(double[] out, double logFactor) {
    logWeights(out);
    for (int slot = 0; slot < out.length; slot++) {
      out[slot] += isLeaf(slot) ? 0 : logFactor;
    }
  }

  /** {@code log u} of every slot, as a new array. */
  default double[] logWeights() {
    double[] numbers = new double[count()];
    logWeights(numbers);
    return numbers;
  }

  /**
   * {@code log V} of every slot.
   *
   * @param out one element per slot
   */
  default void logValues(double[] out) {
    for (int slot = 0; slot < out.length; slot++) {
      out[slot] = logValue(slot);
    }
  }

  /** {@code log V} of every slot, as a new array. */
  default double[] logValues() {
    double[] numbers = new double[count()];
    logValues(numbers);
    return numbers;
  }

  /** {@code log pi(c|v)} of a slot, or the log of its share of the sampled actions. */
  double logPrior(int slot);

  /** {@code log V} of a slot; {@code log tau} where the child is a leaf. */
  double logValue(int slot);

  /**
   * {@code log pi(c|v)} of every slot.
   *
   * @param out one element per slot
   */
  default void logPriors(double[] out) {
    for (int slot = 0; slot < out.length; slot++) {
      out[slot] = logPrior(slot);
    }
  }

  /** {@code log pi(c|v)} of every slot, as a new array. */
  default double[] logPriors() {
    double[] numbers = new double[count()];
    logPriors(numbers);
    return numbers;
  }

  /** Whether the child in a slot is a complete response. */
  boolean isLeaf(int slot);

  /**
   * The slots of all complete children, in increasing order, if there are few and they are known
   * without the next-token distribution; null if not. Shared, not to be changed.
   */
  default int @Nullable [] leaves() {
    return null;
  }

  /**
   * What children have in common of which all that have a weight and are not complete have the same
   * value.
   *
   * @param logValue the value
   * @param logOpen log of the sum of their weights; {@code -inf} if there are none
   * @param logComplete log of the sum of the weights of complete children
   */
  record Uniform(double logValue, double logOpen, double logComplete) {}

  /** What the children have in common; null if their values may differ. */
  default @Nullable Uniform uniform() {
    return null;
  }

  /**
   * The slots of prefixes that may lead to a reward: neither complete, nor of probability zero, nor
   * proven dead. A value of zero alone is not a proof ({@link
   * io.tailwalk.core.verify.ValueFunction#proof}). Returns a new set.
   */
  BitSet undecided();

  /** Approximate bytes of memory held. */
  long memoryBytes();
}
