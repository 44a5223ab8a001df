package io.tailwalk.sampling.frontier;

import io.tailwalk.core.random.Chooser;
import io.tailwalk.core.tree.FrontierNode;
import io.tailwalk.core.tree.FrontierPrefix;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A draw in progress: its position and its sum. */
final class Draw {
  private static final double ZERO = Double.NEGATIVE_INFINITY;

  private final boolean plain;
  private final Chooser chooser;
  private final MixtureWeights weights;
  private final List<Visit> visits = new ArrayList<>();
  private @Nullable FrontierPrefix at;
  private double sum;
  private double plainSum;

  /**
   * A node on the path.
   *
   * @param node the node, whose complete children count
   * @param logWeight log of the weight
   */
  record Visit(FrontierNode node, double logWeight) {}

  Draw(boolean plain, Chooser chooser, FrontierPrefix start, MixtureWeights weights) {
    this.plain = plain;
    this.chooser = chooser;
    this.weights = weights;
    this.at = start;
  }

  boolean isPlain() {
    return plain;
  }

  /** The prefix to expand next; null if the draw is over. */
  @Nullable FrontierPrefix at() {
    return at;
  }

  /**
   * Counts the complete children of the node just expanded and continues with one of the others.
   */
  void pass(FrontierNode node) {
    if (node.logComplete() > ZERO) {
      double logWeight = weights.logWeight();
      sum += Math.exp(node.logComplete() + logWeight);
      plainSum += plain ? Math.exp(node.logComplete() + weights.logPlainWeight()) : 0;
      visits.add(new Visit(node, logWeight));
    }
    if ((plain ? node.logPlain() : node.logGuided()) == ZERO) {
      at = null;
      return;
    }
    FrontierPrefix next = plain ? node.drawPlain(chooser) : node.drawGuided(chooser);
    weights.move(node.logPlain(), node.logGuided(), next.logValue());
    at = next;
  }

  /**
   * The contribution of the draw to the probability found when it began: its expectation is the
   * missing part.
   */
  double sum() {
    return sum;
  }

  /** The contribution if all draws were plain; 0 for a guided one. */
  double plainSum() {
    return plainSum;
  }

  List<Visit> visits() {
    return visits;
  }
}
