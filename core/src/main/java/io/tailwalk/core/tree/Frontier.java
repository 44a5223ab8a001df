package io.tailwalk.core.tree;

import io.tailwalk.core.interval.Interval;
import io.tailwalk.core.interval.Rounding;
import io.tailwalk.core.random.Chooser;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;

/**
 * The certain bounds of the success probability {@code Z = sum_l pi(l) tau(l)} on a tree whose
 * children are enumerated, kept up to date as nodes are expanded:
 *
 * <ul>
 *   <li>{@code F = sum pi(l) tau(l)} over the complete responses seen, the complete children of
 *       expanded nodes;
 *   <li>{@code R}, the model's probability of the frontier: children of expanded nodes that are
 *       neither complete, nor expanded, nor proven dead.
 * </ul>
 *
 * <p>Every response is a complete child of an expanded node, or passes through exactly one frontier
 * prefix, or a dead one. With rewards in {@code [0, tau_max]} therefore {@code F <= Z <= F +
 * tau_max R}, always, however the expanded nodes were chosen.
 *
 * <p>Values must not change while a frontier is in use: it keeps sums of them.
 */
public final class Frontier {
  private final Explorer explorer;
  private final Guide guide;
  private final FrontierNode root;
  private final LogSum found = new LogSum();
  private int expanded;

  /**
   * The frontier of everything expanded so far below a root, which is expanded if it is not.
   *
   * @param explorer of a tree whose children are enumerated
   */
  public Frontier(Explorer explorer, int root) {
    this(explorer, root, Guide.NONE);
  }

  /**
   * The frontier of everything expanded so far below a root, which is expanded if it is not.
   *
   * @param explorer of a tree whose children are enumerated
   * @param guide corrects values for guided draws; with one, the distributions of all nodes are
   *     read again
   */
  public Frontier(Explorer explorer, int root, Guide guide) {
    if (!(explorer.spec().rule() instanceof ExpansionRule.Enumerate)) {
      throw new IllegalArgumentException("a frontier needs children that are enumerated");
    }
    this.explorer = explorer;
    this.guide = guide;
    explorer.expand(new int[] {root}, 1);
    FrontierNodes nodes = explorer.frontierNodes(root, guide);
    this.root = Objects.requireNonNull(nodes.find(root));
    takeIn(root, nodes);
  }

  /** Adds the nodes already expanded below the root; a parent's number is below its child's. */
  private void takeIn(int rootNode, FrontierNodes nodes) {
    GenerationTree tree = explorer.tree();
    count(root);
    List<FrontierNode> entered = new ArrayList<>(List.of(root));
    for (int node = rootNode + 1; node < tree.size(); node++) {
      FrontierNode found = tree.isExpanded(node) ? nodes.find(node) : null;
      if (found != null) {
        count(found);
        entered.add(found);
      }
    }
    entered.reversed().forEach(FrontierNode::refreshAfterAttaching);
  }

  private Children childrenOf(int node) {
    return Objects.requireNonNull(explorer.tree().children(node));
  }

  /** The root. */
  public FrontierNode root() {
    return root;
  }

  /** The expanded nodes, parents before children. */
  public List<FrontierNode> nodes() {
    List<FrontierNode> nodes = new ArrayList<>(List.of(root));
    for (int i = 0; i < nodes.size(); i++) {
      nodes.addAll(nodes.get(i).below());
    }
    return nodes;
  }

  /** Number of expanded nodes. */
  public int size() {
    return expanded;
  }

  /** {@code F}. */
  public double found() {
    return found.value();
  }

  /** {@code log R}; {@code -inf} if no frontier prefix has positive probability. */
  public double logOpen() {
    return root.logOpen();
  }

  /** Log of the frontier's probability times value, corrected by the guide. */
  public double logGuided() {
    return root.logGuidedOpen();
  }

  /** Whether no frontier prefix is left: then {@code Z = F} exactly. */
  public boolean isClosed() {
    return root.logOpen() == Double.NEGATIVE_INFINITY && root.isClosed();
  }

  /**
   * The certain ends. They are rounded outwards by {@link Rounding#relative} of the length limit,
   * since F and R are sums over paths of logs with an error for every token; so they contain the
   * result of any other order of the same sums. The bound itself is not rounded here.
   *
   * @param largestReward {@code tau_max}, the verifier's guarantee: {@code +inf} for none, 0 if
   *     every reward is 0; see {@link io.tailwalk.core.verify.Rewards#bound}
   */
  public Interval certain(double largestReward) {
    double rounding = Rounding.relative(explorer.spec().maxTokens());
    double low = Rounding.down(found(), rounding);
    if (isClosed()) {
      return Interval.certain(low, found.isZero() ? 0 : Rounding.up(found(), rounding));
    }
    double high = Rounding.up(found() + largestReward * mass(logOpen()), rounding);
    return Interval.certain(low, Math.min(high, largestReward));
  }

  /** {@code R} from its log, always above zero: a frontier that is not closed never counts as 0. */
  public static double mass(double logOpen) {
    return Math.max(Double.MIN_NORMAL, Math.exp(logOpen));
  }

  /**
   * A frontier prefix drawn in proportion to its probability; requires a frontier with positive
   * probability.
   */
  public FrontierPrefix drawPlain(Chooser chooser) {
    return root.drawOpen(chooser, false);
  }

  /**
   * A frontier prefix drawn in proportion to probability times value, corrected by the guide;
   * requires a positive sum.
   */
  public FrontierPrefix drawGuided(Chooser chooser) {
    return root.drawOpen(chooser, true);
  }

  /**
   * Frontier prefixes of large probability, largest first, at most one below each expanded node.
   *
   * @param count maximum number of prefixes
   */
  public List<FrontierPrefix> largest(int count) {
    List<FrontierPrefix> largest = new ArrayList<>();
    var queue = new PriorityQueue<Best>(Comparator.comparingDouble(Best::logMass).reversed());
    queue.add(new Best(root, false, root.logLargest()));
    while (largest.size() < count && !queue.isEmpty()) {
      Best best = queue.remove();
      if (best.logMass() == Double.NEGATIVE_INFINITY) {
        break;
      }
      FrontierNode node = best.node();
      if (best.child()) {
        largest.add(node.largestChild());
      } else {
        queue.add(new Best(node, true, node.logPi() + node.logLargestChild()));
        for (FrontierNode below : node.below()) {
          queue.add(new Best(below, false, below.logPi() + below.logLargest()));
        }
      }
    }
    return largest;
  }

  /** A node with the largest probability among its own children, or among all prefixes below it. */
  private record Best(FrontierNode node, boolean child, double logMass) {}

  /** The tree node of a prefix, created if needed. */
  public int node(FrontierPrefix prefix) {
    return explorer.childAt(prefix.above().node(), prefix.slot());
  }

  /** Adds a prefix whose node is expanded; a prefix that was added before is returned unchanged. */
  public FrontierNode enter(FrontierPrefix prefix) {
    FrontierNode known = prefix.above().child(prefix.slot());
    if (known != null) {
      return known;
    }
    int node = node(prefix);
    var entered =
        new FrontierNode(
            node,
            prefix.logPi(),
            childrenOf(node),
            prefix.above(),
            prefix.slot(),
            explorer.slotNumbers(),
            guide.of(node));
    prefix.above().add(entered);
    count(entered);
    return entered;
  }

  /** Adds a node's complete children. */
  private void count(FrontierNode node) {
    found.add(node.logPi() + node.logComplete());
    expanded++;
  }
}
