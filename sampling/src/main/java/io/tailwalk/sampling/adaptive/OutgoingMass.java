package io.tailwalk.sampling.adaptive;

import io.tailwalk.core.tree.Children;
import io.tailwalk.core.tree.Explorer;
import java.util.Arrays;
import java.util.Objects;

/**
 * The weights {@code u(c)} of a node's children, grouped for a twist: leaves in one sum, because no
 * twist changes them; heavy children individually; light children, each below {@link #LIGHT} of the
 * total, in sums over runs of equal value, as if their tokens had no indicator. A vocabulary of
 * tens of thousands becomes about a hundred terms and is read once.
 */
final class OutgoingMass {
  /** Negligible for a mean of logs: {@code e^-12}, six in a million. */
  private static final double LIGHT = -12;

  /** Placeholder for the token of a group. */
  private static final int MANY = -1;

  private final double logTotal;
  private double leaves;
  private int[] tokens = new int[16];
  private double[] logValues = new double[16];
  private double[] masses = new double[16];
  private int size;
  private int lastOfMany = -1;

  private OutgoingMass(double logTotal) {
    this.logTotal = logTotal;
  }

  /** The weights of an expanded node with an open child. */
  static OutgoingMass of(Explorer explorer, int node) {
    Children children = Objects.requireNonNull(explorer.tree().children(node));
    OutgoingMass outgoing = new OutgoingMass(children.logTotal());
    double[] logWeights = explorer.slotNumbers().first(children.count());
    double[] valuesOfSlots = explorer.slotNumbers().second(children.count());
    children.logWeights(logWeights);
    children.logValues(valuesOfSlots);
    for (int slot = 0; slot < logWeights.length; slot++) {
      double logShare = logWeights[slot] - outgoing.logTotal;
      if (logShare == Double.NEGATIVE_INFINITY) {
        continue;
      }
      if (explorer.childIsLeaf(node, slot)) {
        outgoing.leaves += Math.exp(logShare);
      } else if (logShare > LIGHT) {
        outgoing.add(explorer.childToken(node, slot), valuesOfSlots[slot], Math.exp(logShare));
      } else {
        outgoing.addToMany(valuesOfSlots[slot], Math.exp(logShare));
      }
    }
    return outgoing;
  }

  private void addToMany(double logValue, double mass) {
    if (lastOfMany >= 0 && logValues[lastOfMany] == logValue) {
      masses[lastOfMany] += mass;
    } else {
      lastOfMany = size;
      add(MANY, logValue, mass);
    }
  }

  private void add(int token, double logValue, double mass) {
    if (size == tokens.length) {
      tokens = Arrays.copyOf(tokens, 2 * size);
      logValues = Arrays.copyOf(logValues, 2 * size);
      masses = Arrays.copyOf(masses, 2 * size);
    }
    tokens[size] = token;
    logValues[size] = logValue;
    masses[size++] = mass;
  }

  /** {@code log sum_c u(c) e^{g(c)}}, g being 0 at leaves. */
  double logTwisted(LinearTwist twist, int childDepth) {
    double sum = leaves;
    double known = Double.NaN;
    double factor = 1;
    for (int i = 0; i < size; i++) {
      int place = twist.places().of(tokens[i]);
      if (place >= 0) {
        sum += masses[i] * Math.exp(twist.logFactorAt(place, childDepth, logValues[i]));
      } else {
        if (logValues[i] != known) {
          known = logValues[i];
          factor = Math.exp(twist.logFactorAt(-1, childDepth, known));
        }
        sum += masses[i] * factor;
      }
    }
    return logTotal + Math.log(sum);
  }
}
