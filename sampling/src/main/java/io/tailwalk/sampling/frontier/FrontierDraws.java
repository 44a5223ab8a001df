package io.tailwalk.sampling.frontier;

import io.tailwalk.core.random.Chooser;
import io.tailwalk.core.tree.Frontier;
import io.tailwalk.core.tree.FrontierNode;
import io.tailwalk.core.tree.FrontierPrefix;
import io.tailwalk.core.verify.Rewards;
import io.tailwalk.sampling.Run;
import io.tailwalk.sampling.estimate.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Draws that begin at frontier prefixes and continue to the end, on a tree whose children are
 * enumerated (docs/intervals.md). Given the state at its start, a draw begins at a frontier prefix
 * in proportion to its probability (a plain draw) or to probability times value (a guided draw),
 * decided by a coin toss, and descends by the model or by the value. It counts the complete
 * children of every node that it expands, weighted by {@link MixtureWeights}:
 *
 * <p>{@code Y = F + sum_k L(v_k) / (a x_k + (1 - a) y_k)}, {@code E[Y | past] = Z}, {@code F <= Y
 * <= F + tau_max R / a}.
 *
 * <p>Every node that it opens shrinks the frontier: sampling without replacement from the model's
 * distribution (compare Waudby-Smith and Ramdas 2020, arXiv 2006.04347). Draws of a batch begin at
 * the same state, share expansions, and are independent given it; they count in the order of their
 * slots. A draw that the budget cuts does not count, and neither do later draws of its batch: short
 * draws end first, so the finished ones would be a biased sample. For every three nodes that draws
 * expand, one is spent on the frontier prefix of largest probability, which closes uneven trees
 * early.
 */
public final class FrontierDraws {
  /** Probability of a plain draw if values are informative. */
  public static final double PLAIN_SHARE = 0.5;

  /** Nodes of draws per node of largest probability. */
  private static final double DRAWN_PER_LARGEST = 3;

  /** Nodes of largest probability that are expanded before their benefit is judged. */
  private static final int FIRST_LARGEST = 16;

  /** Required decrease of the log of the frontier's probability over the rest of the budget. */
  private static final double PAYS = 0.25;

  /** Beyond the streams of the earlier runs. */
  private static final long FIRST_STREAM = 1L << 40;

  private static final double ZERO = Double.NEGATIVE_INFINITY;

  private final Run run;
  private final Frontier frontier;
  private final Evidence evidence;
  private final FrontierSample sample;
  private final double plainShare;
  private final int parallel;
  private long drawn;
  private long cut;
  private double debt;

  /** Nodes that draws were the first to enter. */
  private long expanded;

  /**
   * Expanded nodes of largest probability, and the decrease of the log of the frontier's
   * probability.
   */
  private long toLargest;

  private double closed;

  /**
   * Without draws.
   *
   * @param frontier the frontier of the run's tree
   * @param evidence receives the units
   * @param plainShare a, probability of a plain draw, in (0, 1]
   * @param parallel maximal number of draws in a batch, at least 1
   */
  public FrontierDraws(
      Run run, Frontier frontier, Evidence evidence, double plainShare, int parallel) {
    this.run = run;
    this.frontier = frontier;
    this.evidence = evidence;
    this.plainShare = plainShare;
    this.parallel = parallel;
    this.sample = new FrontierSample(frontier, evidence.units());
    evidence.plainShare(plainShare);
  }

  /** Draws until the budget is used or the frontier is closed. */
  public void run() {
    while (!frontier.isClosed() && run.mayBegin()) {
      if (!drawBatch(batch())) {
        return;
      }
      expandLargest();
    }
  }

  /**
   * Number of draws that the budget covers, at the length limit for the first batch and by measured
   * length later.
   */
  private int batch() {
    int depth = run.explorer().spec().maxTokens();
    double perDraw = drawn == 0 ? depth : Math.clamp((double) expanded / drawn, 1, depth);
    return (int) Math.clamp(Math.floor(run.expansionsLeft() / perDraw), 1, parallel);
  }

  private boolean drawBatch(int count) {
    double found = frontier.found();
    double logOpen = frontier.logOpen();
    double logGuided = frontier.logGuided();
    double share = logGuided == ZERO ? 1 : plainShare;
    List<Draw> draws = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Chooser chooser = run.chooser(FIRST_STREAM + drawn + i);
      boolean plain = chooser.bernoulli(share);
      FrontierPrefix start = plain ? frontier.drawPlain(chooser) : frontier.drawGuided(chooser);
      double logY = logGuided == ZERO ? ZERO : start.logValue() - logGuided;
      draws.add(new Draw(plain, chooser, start, new MixtureWeights(share, -logOpen, logY)));
    }
    drawn += count;
    boolean whole = true;
    List<Draw> open = open(draws);
    while (!open.isEmpty()) {
      if (!run.mayGoOn(open.size(), open.size())) {
        whole = false;
        break;
      }
      advance(open);
      open = open(draws);
    }
    record(draws, found, logOpen, share);
    return whole;
  }

  private static List<Draw> open(List<Draw> draws) {
    return draws.stream().filter(draw -> draw.at() != null).toList();
  }

  /** Expands the positions of the draws in one model batch, then moves the draws in order. */
  private void advance(List<Draw> open) {
    int[] nodes = new int[open.size()];
    for (int i = 0; i < nodes.length; i++) {
      nodes[i] = frontier.node(Objects.requireNonNull(open.get(i).at()));
    }
    int before = frontier.size();
    run.explorer().expand(nodes, nodes.length);
    run.explorer().meter().addSteps(nodes.length);
    for (Draw draw : open) {
      draw.pass(enter(Objects.requireNonNull(draw.at())));
    }
    int entered = frontier.size() - before;
    expanded += entered;
    debt += entered / DRAWN_PER_LARGEST;
  }

  private FrontierNode enter(FrontierPrefix prefix) {
    int before = frontier.size();
    FrontierNode node = frontier.enter(prefix);
    if (frontier.size() > before) {
      sample.entered(node, drawn);
    }
    return node;
  }

  private void record(List<Draw> draws, double found, double logOpen, double share) {
    double bound = Rewards.bound(run.explorer().spec().verifier());
    double high = found + bound * Frontier.mass(logOpen) / share;
    for (int i = 0; i < draws.size(); i++) {
      Draw draw = draws.get(i);
      if (draw.at() != null) {
        cut += draws.size() - i;
        drawn -= draws.size() - i;
        return;
      }
      evidence.addBounded(found, found + draw.sum(), high);
      if (share < 1) {
        evidence.units().add(found, logOpen, draw.sum(), draw.isPlain(), draw.plainSum());
      } else {
        evidence.units().addPlain(found, logOpen, draw.sum(), draw.plainSum());
      }
      sample.drawn(draw.visits());
    }
  }

  /** Expands the due prefixes of largest probability while budget remains. */
  private void expandLargest() {
    while (debt >= 1 && largestPay() && !frontier.isClosed() && run.mayBegin()) {
      List<FrontierPrefix> largest =
          frontier.largest(Math.clamp(run.expansionsLeft(), 1, Math.min((int) debt, parallel)));
      if (largest.isEmpty()) {
        return;
      }
      double logBefore = frontier.logOpen();
      int[] nodes = largest.stream().mapToInt(frontier::node).toArray();
      run.explorer().expand(nodes, nodes.length);
      run.explorer().meter().addSteps(nodes.length);
      largest.forEach(this::enter);
      debt -= nodes.length;
      toLargest += nodes.length;
      closed += Math.min(logBefore - frontier.logOpen(), 1e9);
    }
    debt = Math.min(debt, parallel);
  }

  /**
   * Whether prefixes of largest probability close enough of the frontier to be worth a quarter of
   * the nodes: in an even tree they never do. Only the past decides, so draws remain unbiased given
   * the past.
   */
  private boolean largestPay() {
    return toLargest < FIRST_LARGEST
        || closed / toLargest * run.expansionsLeft() / (1 + DRAWN_PER_LARGEST) > PAYS;
  }

  /** Responses with weights that are unbiased for the target, times a common factor. */
  public FrontierSample sample() {
    return sample;
  }

  /** Draws that the budget cut. */
  public long cut() {
    return cut;
  }
}
