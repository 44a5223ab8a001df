package io.tailwalk.core.tree;

import io.tailwalk.core.Exponentials;
import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.cost.CostMeter;
import io.tailwalk.core.cost.StopReason;
import io.tailwalk.core.model.Capabilities;
import io.tailwalk.core.model.Capability;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.model.ModelUsage;
import io.tailwalk.core.model.TopTokens;
import io.tailwalk.core.random.Chooser;
import io.tailwalk.core.random.Streams;
import io.tailwalk.core.verify.Candidate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The generation tree of one prompt, growing on demand: evaluates the model in batches, creates and
 * evaluates children, and charges the meter. Every node is expanded once; every next-token
 * distribution is computed once, and again if it was dropped because memory was short ({@link
 * #keepDistributions}). Belongs to one thread.
 *
 * <p>Symbols (arXiv 2510.03149): {@code pi(c|v)} next-action probability, {@code V(v)} value
 * ({@code tau} at a leaf), {@code u(c) = pi(c|v) V(c)}, {@code S(v) = sum_c u(c)}.
 */
public final class Explorer {
  /** Next-token distributions have this part of the tree's memory limit in any case. */
  private static final long KEPT_PART = 4;

  /** Part of the tree's memory limit that must be left before they have more. */
  private static final long FREE_PART = 4;

  private final TreeSpec spec;
  private final ModelContext context;
  private Budget budget;
  private Budget blockLimit = Budget.UNLIMITED;
  private final CostMeter meter;
  private final KeptDistributions kept;
  private final GenerationTree tree;
  private final Endings endings;
  private final double[] cumulative;
  private final SlotNumbers slotNumbers = new SlotNumbers();
  private final Exponentials exponentials = new Exponentials();
  private int cumulativeOf = GenerationTree.NONE;
  private final ModelUsage before;
  private final List<Integer> roots = new ArrayList<>(List.of(GenerationTree.ROOT));
  private int[] pending = new int[16];
  private final boolean modelDraws;
  private final BaseDraws baseDraws;
  private @Nullable Expansion expansion;

  /**
   * A tree with only the root.
   *
   * @param context the model with the prompt; the caller closes it
   */
  public Explorer(TreeSpec spec, ModelContext context, Budget budget, CostMeter meter) {
    this.spec = spec;
    this.context = context;
    this.budget = budget;
    this.meter = meter;
    this.kept = new KeptDistributions(this::evaluateAgain);
    this.tree = new GenerationTree(Streams.key(spec.seed(), 0), kept);
    long most = budget.treeBytes();
    kept.limit(
        most / KEPT_PART, () -> most - most / FREE_PART - (tree.memoryBytes() - kept.bytes()));
    this.endings = new Endings(spec, tree);
    this.cumulative = new double[spec.vocabulary().size()];
    ModelUsage used = context.usage();
    this.before =
        new ModelUsage(
            0, used.modelTokens(), used.recomputedTokens(), used.modelCalls(), used.decodeCalls());
    meter.modelUsage(used.since(before));
    Capabilities can = context.capabilities();
    boolean sampled = !(spec.rule() instanceof ExpansionRule.Enumerate);
    this.modelDraws = can.drawsItself() && (sampled || !can.can(Capability.DISTRIBUTION));
    this.baseDraws = new BaseDraws(spec, context, tree, endings);
  }

  /** Created at its first use, when the tree that it expands is complete. */
  private Expansion expansion() {
    if (expansion == null) {
      expansion = new Expansion(spec, tree, endings, meter, this);
    }
    return expansion;
  }

  /** The tree. */
  public GenerationTree tree() {
    return tree;
  }

  /**
   * The root of a copy of the tree. Copies differ in the draws of sampled children only; they share
   * next-token distributions.
   *
   * @param copy 0 for the first; copies are made in order
   */
  public int root(int copy) {
    while (roots.size() <= copy) {
      roots.add(tree.addRoot(Streams.key(spec.seed(), roots.size())));
    }
    return roots.get(copy);
  }

  /** Arrays for work on the children of one node. */
  public SlotNumbers slotNumbers() {
    return slotNumbers;
  }

  /** The specification of the tree. */
  public TreeSpec spec() {
    return spec;
  }

  /** The cost so far. */
  public CostMeter meter() {
    return meter;
  }

  /** The limits. */
  public Budget budget() {
    return budget;
  }

  /** Sets other limits from now on. */
  public void limit(Budget other) {
    budget = other;
  }

  /**
   * Limits the drawing of blocks of tokens: a round that would exceed a limit is not drawn, and the
   * blocks end early. The limits must be those beyond which the run expands no more nodes, because
   * samplers may assume that blocks have full length.
   */
  public void limitBlocks(Budget limit) {
    blockLimit = limit;
  }

  /** Whether a further round of blocks, from the given nodes, is within the limit. */
  boolean mayLengthen(int[] nodes) {
    long unknown =
        Arrays.stream(nodes)
            .map(tree::canonical)
            .filter(node -> tree.distribution(node) == null)
            .distinct()
            .count();
    return blockLimit.allows(meter, unknown);
  }

  /** The longest blocks, up to a length, that the limit allows to draw from a number of ends. */
  int blocksWithinLimit(int ends, int length) {
    int allowed = length;
    while (allowed > 1 && !blockLimit.allows(meter, (long) ends * allowed)) {
      allowed--;
    }
    return allowed;
  }

  /** The first budget limit that has been reached, if any. */
  public Optional<StopReason> budgetReached() {
    return budget.reached(meter, tree.memoryBytes());
  }

  /**
   * Ensures that the next-token distributions of the first {@code count} nodes are known, in one
   * model batch.
   */
  public void evaluate(int[] nodes, int count) {
    int missing = 0;
    int dropped = 0;
    int[] again = new int[count];
    Set<Integer> listed = new HashSet<>();
    for (int i = 0; i < count; i++) {
      int shared = tree.canonical(nodes[i]);
      NodeDistribution known = tree.distribution(shared);
      if (known == null && listed.add(shared)) {
        pending = append(pending, missing++, shared);
      } else if (known != null && known.isDropped() && listed.add(shared)) {
        again[dropped++] = shared;
      } else if (known != null && !known.isDropped()) {
        kept.used(known);
      }
    }
    meter.addCachedTokens(count - missing - dropped);
    if (missing > 0) {
      store(pending, context.next(prefixes(pending, missing)));
      countUsage();
    }
    if (dropped > 0) {
      evaluateAgain(Arrays.copyOf(again, dropped));
    }
  }

  private int[][] prefixes(int[] nodes, int count) {
    return Arrays.stream(nodes, 0, count).mapToObj(tree::tokenIds).toArray(int[][]::new);
  }

  private void store(int[] nodes, LogProbs[] distributions) {
    for (int i = 0; i < distributions.length; i++) {
      tree.setDistribution(nodes[i], distributions[i]);
    }
  }

  /** Dropped distributions, in one model batch whose tokens the budget has paid before. */
  private LogProbs[] evaluateAgain(int[] nodes) {
    ModelUsage earlier = context.usage();
    LogProbs[] distributions = context.next(prefixes(nodes, nodes.length));
    meter.addUsageAgain(context.usage().since(earlier));
    countUsage();
    store(nodes, distributions);
    return distributions;
  }

  private LogProbs evaluateAgain(int node) {
    return evaluateAgain(new int[] {node})[0];
  }

  /**
   * Keeps next-token distributions, and what is computed from them, within a limit from now on;
   * without a call, within a quarter of the tree's memory limit, or as long as a quarter of it is
   * free. The ones that were used least recently are dropped first and evaluated again if they are
   * needed. Evaluating again costs model calls and no model tokens of the budget, so that the limit
   * changes no result, as long as the model gives the same distribution again.
   *
   * @param bytes at least 1; one distribution is kept whatever its size
   */
  public void keepDistributions(long bytes) {
    kept.limit(bytes);
  }

  /** Drops all distributions but one at the end of a run, whose result needs memory too. */
  public void releaseDistributions() {
    kept.release();
  }

  /** The limit of {@link #keepDistributions}, in bytes. */
  public long mostDistributionBytes() {
    return kept.most();
  }

  /** The next-token distribution of a node, evaluated if needed. */
  public LogProbs distribution(int node) {
    return handle(node).get();
  }

  /** The distribution of a node, evaluated if it never was. */
  NodeDistribution handle(int node) {
    NodeDistribution known = tree.distribution(node);
    if (known != null) {
      return known;
    }
    evaluate(new int[] {node}, 1);
    return Objects.requireNonNull(tree.distribution(node));
  }

  /**
   * The most probable next tokens of nodes: read from their distributions, or listed by a model
   * that draws itself, once for all copies of the tree.
   */
  List<TopTokens> heads(int[] nodes, int most) {
    if (!modelDraws) {
      evaluate(nodes, nodes.length);
      return Arrays.stream(nodes).mapToObj(node -> TopTokens.of(distribution(node), most)).toList();
    }
    int[] missing =
        Arrays.stream(nodes)
            .map(tree::canonical)
            .distinct()
            .filter(node -> tree.head(node) == null)
            .toArray();
    meter.addCachedTokens(nodes.length - missing.length);
    if (missing.length > 0) {
      List<TopTokens> listed =
          context.top(Arrays.stream(missing).mapToObj(tree::tokenIds).toArray(int[][]::new), most);
      countUsage();
      for (int i = 0; i < missing.length; i++) {
        tree.setHead(missing[i], listed.get(i));
      }
    }
    return Arrays.stream(nodes).mapToObj(node -> Objects.requireNonNull(tree.head(node))).toList();
  }

  /**
   * Ensures that the first {@code count} nodes, none of which is a leaf, have children, with a
   * minimal number of model batches.
   */
  public void expand(int[] nodes, int count) {
    int[] fresh = new int[count];
    int size = 0;
    for (int i = 0; i < count; i++) {
      if (!tree.isExpanded(nodes[i]) && !contains(fresh, size, nodes[i])) {
        fresh[size++] = nodes[i];
      }
    }
    if (size > 0) {
      expansion().expand(Arrays.copyOf(fresh, size));
      meter.addNodesExpanded(size);
      countUsage();
    }
  }

  /**
   * Draws a child of an expanded node with {@code S > 0} in proportion to {@code u}; the child
   * becomes a node.
   */
  public int drawChild(int node, Chooser chooser) {
    Children children = Objects.requireNonNull(tree.children(node));
    return expansion().childAt(node, children, children.draw(chooser));
  }

  /** The slot of a node among the children of an expanded node. */
  int slotOf(int node, int child) {
    return expansion().slotOf(Objects.requireNonNull(tree.children(node)), child);
  }

  /** The last token of the child in a slot of an expanded node. */
  public int childToken(int node, int slot) {
    return expansion().childToken(Objects.requireNonNull(tree.children(node)), slot);
  }

  /** Whether the child in a slot of an expanded node is a complete response. */
  public boolean childIsLeaf(int node, int slot) {
    return expansion().childIsLeaf(Objects.requireNonNull(tree.children(node)), slot);
  }

  /** The child in a slot of an expanded node; it becomes a node. */
  public int childAt(int node, int slot) {
    return expansion().childAt(node, Objects.requireNonNull(tree.children(node)), slot);
  }

  /**
   * Whether the model draws tokens itself, several in one request, instead of giving distributions
   * for {@link #lengthen}: always if it shows none, and otherwise where children are sampled.
   */
  public boolean modelDraws() {
    return modelDraws;
  }

  /**
   * Maximal number of model tokens that one expansion costs: one per prefix that is evaluated, or
   * one per token that the model draws.
   */
  public long tokensPerExpansion() {
    if (modelDraws) {
      return spec.rule().mostTokens();
    }
    return spec.rule() instanceof ExpansionRule.Sample(int k, int blockLength)
        ? 1 + (long) k * (blockLength - 1)
        : 1;
  }

  /** Expansions that a limit still covers at their highest cost, at least 0. */
  public long affordable(Budget limit) {
    long left = Math.min(limit.nodes() - meter.nodesExpanded(), limit.steps() - meter.steps());
    long tokens = limit.modelTokens() - meter.modelTokens();
    return Math.max(0, Math.min(left, tokens / tokensPerExpansion()));
  }

  /**
   * Model tokens that extending prefixes to complete responses costs at most, in one call of {@link
   * #lengthen}.
   *
   * @param at the node of each prefix
   */
  public long tokensToTheEnd(int[] at) {
    return Arrays.stream(at)
        .filter(this::isOpen)
        .mapToLong(node -> modelDraws ? costOfDraw(spec.maxTokens() - tree.depth(node)) : 1)
        .sum();
  }

  /** Model tokens that a draw of so many tokens by the model costs at most. */
  public long costOfDraw(int tokens) {
    return context.costOfDraw(tokens);
  }

  /**
   * Prepares nodes from which tokens will be drawn, in one model batch; nothing if the model draws
   * itself.
   */
  public void prepareToDraw(int[] nodes) {
    if (!modelDraws) {
      evaluate(nodes, nodes.length);
    }
  }

  /**
   * Extends prefixes by tokens drawn from the base model: by one token a round, in one model batch,
   * if the model gives distributions, and in one request each if it draws itself. Complete
   * responses, and {@link GenerationTree#NONE}, stay as they are.
   *
   * @param at the node of each prefix, changed in place
   * @param choosers the choices of each prefix, by its index; a model that draws itself has a seed
   *     for each draw, from the seed of the tree, the node and the number of earlier draws there
   * @param tokens largest number of tokens by which each prefix is extended, by its index
   */
  public void lengthen(int[] at, IntFunction<Chooser> choosers, IntUnaryOperator tokens) {
    if (modelDraws) {
      baseDraws.lengthen(at, tokens);
      countUsage();
      return;
    }
    int[] left = new int[at.length];
    Arrays.setAll(left, i -> isOpen(at[i]) ? tokens.applyAsInt(i) : 0);
    while (true) {
      int[] growing =
          IntStream.range(0, at.length).filter(i -> left[i] > 0 && isOpen(at[i])).toArray();
      if (growing.length == 0) {
        return;
      }
      evaluate(Arrays.stream(growing).map(i -> at[i]).toArray(), growing.length);
      for (int i : growing) {
        at[i] = drawToken(at[i], choosers.apply(i));
        left[i]--;
      }
    }
  }

  private boolean isOpen(int node) {
    return node != GenerationTree.NONE && !tree.isLeaf(node);
  }

  /**
   * Draws the next token from the model's distribution; the longer prefix becomes a node.
   *
   * @throws io.tailwalk.core.model.ModelException if the model shows no distributions
   */
  public int drawToken(int node, Chooser chooser) {
    LogProbs distribution = distribution(node);
    int token =
        distribution.isWide()
            ? inBlocks(distribution, chooser)
            : atOnce(distribution, tree.canonical(node), chooser);
    return extend(node, token, distribution.logProb(token));
  }

  /** A block, then a token in it. */
  private int inBlocks(LogProbs distribution, Chooser chooser) {
    double[] blocks = distribution.blockSums();
    int block = chooser.categorical(blocks, 0, blocks.length);
    int length = distribution.runningSums(block, cumulative, exponentials);
    return block * Exponentials.BLOCK + chooser.categorical(cumulative, 0, length);
  }

  private int atOnce(LogProbs distribution, int node, Chooser chooser) {
    if (cumulativeOf != node) {
      accumulate(distribution);
      cumulativeOf = node;
    }
    return chooser.categorical(cumulative, 0, distribution.size());
  }

  private void accumulate(LogProbs distribution) {
    double sum = 0;
    for (int token = 0; token < distribution.size(); token++) {
      sum += Math.exp(distribution.logProb(token));
      cumulative[token] = sum;
    }
  }

  /** The node one token longer, created if needed. */
  public int extend(int node, int token, double logProb) {
    int known = tree.find(node, token);
    return known != GenerationTree.NONE ? known : endings.addNode(node, token, logProb);
  }

  /**
   * Ensures that values (tilts on leaves) of the first {@code count} nodes are known. The root is
   * skipped.
   */
  public void value(int[] nodes, int count) {
    expansion().value(nodes, count);
    countUsage();
  }

  /** Values that read the model's hidden states use the model too. */
  private void countUsage() {
    meter.modelUsage(context.usage().since(before));
  }

  /** {@code log V} of a node ({@code log tau} of a leaf), evaluated if needed. */
  public double logValue(int node) {
    if (Double.isNaN(tree.logValue(node))) {
      value(new int[] {node}, 1);
    }
    return tree.logValue(node);
  }

  /**
   * Multiplies the value of every inner node of a depth, present and future, by a factor; replaces
   * an earlier factor. Only between tours, when no walk is below the root, because the weights of
   * the tree change with it.
   *
   * @param depth tokens, from 1 to H - 1
   * @param logFactor nats
   */
  public void calibrate(int depth, double logFactor) {
    expansion().calibrate(depth, logFactor);
  }

  /**
   * The frontier nodes below a root for a frontier, which owns them from now on; those made before
   * are of no use to a guide.
   */
  FrontierNodes frontierNodes(int root, Guide guide) {
    FrontierNodes made = expansion().frontierNodes();
    if (root != GenerationTree.ROOT || made == null || made.isHandedOver()) {
      return new FrontierNodes(tree, root, guide);
    }
    if (guide.equals(Guide.NONE)) {
      made.handOver();
      return made;
    }
    made.forget();
    made.handOver();
    return new FrontierNodes(tree, root, guide);
  }

  /** The node as verifiers see it. */
  public Candidate candidate(int node) {
    return endings.candidate(node);
  }

  private static boolean contains(int[] nodes, int size, int node) {
    for (int i = 0; i < size; i++) {
      if (nodes[i] == node) {
        return true;
      }
    }
    return false;
  }

  private static int[] append(int[] nodes, int size, int node) {
    int[] room = size < nodes.length ? nodes : Arrays.copyOf(nodes, size * 2);
    room[size] = node;
    return room;
  }
}
