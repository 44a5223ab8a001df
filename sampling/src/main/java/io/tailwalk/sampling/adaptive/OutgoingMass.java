package io.tailwalk.sampling.adaptive;

import io.tailwalk.core.cost.CostMeter;
import io.tailwalk.core.tree.Children;
import io.tailwalk.core.tree.Explorer;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The weights {@code u(c)} of a node's children, grouped for a twist: leaves in one sum, because no
 * twist changes them; heavy children individually; light children, each below {@link #LIGHT} of the
 * total, in sums over runs of equal value, as if their tokens had no indicator. A vocabulary of
 * tens of thousands becomes about a hundred terms and is read once; where all open children have
 * one value it is not read at all, and only tokens with an indicator are asked for.
 */
final class OutgoingMass {
  /** Negligible for a mean of logs: {@code e^-12}, six in a million. */
  private static final double LIGHT = -12;

  /** Placeholder for the token of a group. */
  private static final int MANY = -1;

  private final int node;
  private final Children children;
  private final CostMeter meter;
  private final double logTotal;
  private boolean isUniform;
  private double leaves;
  private int[] tokens = new int[1];
  private double[] logValues = new double[1];
  private double[] masses = new double[1];
  private int size;
  private int lastOfMany = -1;
  private @Nullable TokenPlaces placesRead;
  private double[] massesOfPlaces = new double[0];
  private int[] tokensRead = new int[0];
  private double[] logWeightsRead = new double[0];

  private OutgoingMass(int node, Children children, CostMeter meter) {
    this.node = node;
    this.children = children;
    this.meter = meter;
    this.logTotal = children.logTotal();
  }

  /** The weights of an expanded node with an open child. */
  static OutgoingMass of(Explorer explorer, int node) {
    Children children = Objects.requireNonNull(explorer.tree().children(node));
    OutgoingMass outgoing = new OutgoingMass(node, children, explorer.meter());
    Children.Uniform uniform = children.uniform();
    if (uniform != null) {
      outgoing.leaves = Math.exp(uniform.logComplete() - outgoing.logTotal);
      outgoing.addToMany(uniform.logValue(), Math.exp(uniform.logOpen() - outgoing.logTotal));
      outgoing.isUniform = true;
      return outgoing;
    }
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
  double logTwisted(PlacedTwist twist, int childDepth) {
    return isUniform ? logUniform(twist, childDepth) : logGrouped(twist, childDepth);
  }

  /** Log of the total weight. */
  double logTotal() {
    return logTotal;
  }

  /** The share of complete responses in the total weight. */
  double leaves() {
    return leaves;
  }

  /**
   * Shares of open children in the total weight, by place plus one; 0 is for all without a place.
   */
  double[] byPlace(TokenPlaces places) {
    double[] shares = new double[places.count() + 1];
    if (isUniform) {
      double[] placed = placed(places);
      shares[0] = masses[0];
      for (int place = 0; place < placed.length; place++) {
        shares[place + 1] = placed[place];
        shares[0] -= placed[place];
      }
      shares[0] = Math.max(shares[0], 0);
      return shares;
    }
    for (int i = 0; i < size; i++) {
      shares[places.of(tokens[i]) + 1] += masses[i];
    }
    return shares;
  }

  /** All open children together, and those with a place of their own corrected. */
  private double logUniform(PlacedTwist twist, int childDepth) {
    double logValue = logValues[0];
    double factor = Math.exp(twist.logFactorAt(node, -1, childDepth, logValue));
    double sum = leaves + masses[0] * factor;
    double[] placed = placed(twist.places());
    for (int place = 0; place < placed.length; place++) {
      if (placed[place] > 0) {
        double own = Math.exp(twist.logFactorAt(node, place, childDepth, logValue));
        sum += placed[place] * (own - factor);
      }
    }
    return logTotal + Math.log(Math.max(sum, Double.MIN_NORMAL));
  }

  /** Reads what a twist with these places needs, while the distribution is at hand. */
  void read(TokenPlaces places) {
    if (isUniform) {
      placed(places);
    }
  }

  /** The masses of open children with a place, read once for all rounds of a fit. */
  @SuppressWarnings("ReferenceEquality") // other places mean another fit
  private double[] placed(TokenPlaces places) {
    if (placesRead != places) {
      int[] own = places.tokens();
      massesOfPlaces = new double[own.length];
      if (!Arrays.stream(own).allMatch(token -> Arrays.binarySearch(tokensRead, token) >= 0)) {
        readTokens(places);
      }
      for (int place = 0; place < own.length; place++) {
        double logWeight = logWeightsRead[Arrays.binarySearch(tokensRead, own[place])];
        massesOfPlaces[place] = Math.exp(logWeight - logTotal);
      }
      placesRead = places;
    }
    return massesOfPlaces;
  }

  /** Where distributions are evaluated again, more is read than this fit needs. */
  private void readTokens(TokenPlaces places) {
    int[] more = meter.tokensAgain() > 0 ? places.likely() : new int[0];
    tokensRead =
        IntStream.concat(Arrays.stream(places.tokens()), Arrays.stream(more))
            .sorted()
            .distinct()
            .toArray();
    logWeightsRead =
        Arrays.stream(tokensRead)
            .mapToDouble(token ->
                token < children.count() && !children.isLeaf(token)
                    ? children.logWeight(token)
                    : Double.NEGATIVE_INFINITY)
            .toArray();
  }

  private double logGrouped(PlacedTwist twist, int childDepth) {
    double sum = leaves;
    double known = Double.NaN;
    double factor = 1;
    for (int i = 0; i < size; i++) {
      int place = twist.places().of(tokens[i]);
      if (place >= 0) {
        sum += masses[i] * Math.exp(twist.logFactorAt(node, place, childDepth, logValues[i]));
      } else {
        if (logValues[i] != known) {
          known = logValues[i];
          factor = Math.exp(twist.logFactorAt(node, -1, childDepth, known));
        }
        sum += masses[i] * factor;
      }
    }
    return logTotal + Math.log(sum);
  }
}
