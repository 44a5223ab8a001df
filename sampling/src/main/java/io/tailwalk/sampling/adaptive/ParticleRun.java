package io.tailwalk.sampling.adaptive;

import io.tailwalk.core.tree.Children;
import io.tailwalk.core.tree.Explorer;
import io.tailwalk.sampling.LeafSample;
import io.tailwalk.sampling.ThresholdResampling;
import java.util.Arrays;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * One pass of the discrete particle filter down the tree: at every depth at most about N distinct
 * prefixes are expanded, all their children are weighted, and {@link ThresholdResampling} selects
 * those that continue: fewer than N if the weight is concentrated in few, because every expansion
 * costs the same. Complete responses leave the population with their exact weight.
 *
 * <p>With {@code V'(v) = V(v) e^{g(v)}} the twisted value, a particle at {@code v} has weight
 * {@code w} with {@code E[w] = pi(v) V'(v)}; its children weigh {@code w u'(c) / V'(v)}, {@code
 * u'(c) = pi(c|v) V'(c)}. Leaves come out with {@code E[w] = pi(l) tau(l)}, so their sum is an
 * unbiased estimate of {@code Z}.
 */
final class ParticleRun {
  /** Below this share of the effective population size particles compete. */
  private static final double EVEN = 0.5;

  /** A weight that grows by more than this, relatively, has changed. */
  private static final double CHANGED = 1e-9;

  /**
   * The children of one particle are thinned out at once if there are more than four times this
   * number.
   */
  private static final int MANY_CHILDREN = 64;

  /** More children than this are weighed by {@link ManyChildren}. */
  private static final int MANY_TERMS = 1024;

  /** Below this share of N the population is filled up. */
  private static final double FULL = 0.75;

  private final Explorer explorer;
  private Twist twist;
  private final int particles;
  private final int maxLeaves;
  private final boolean sparing;
  private final RandomGenerator random;
  private final LeafSample leaves = new LeafSample();
  private final Spread spread = new Spread();
  private final ManyChildren many;
  private double logMass = Double.NEGATIVE_INFINITY;
  private int[] nodes;
  private double[] logRho = new double[] {0};
  private double[] logParticle = new double[] {0};
  private int size = 1;

  /** The first random choice that each particle descends from; -1 before any. */
  private long[] lineage = new long[] {-1};

  private long lineages;
  private int[] childParent = new int[256];
  private int[] childSlot = new int[256];
  private double[] childLogWeight = new double[256];
  private double[] childLogFactor = new double[256];
  private boolean[] childLeaf = new boolean[256];

  /** Whether a child survived by chance, so that its weight is above its own. */
  private boolean[] childByChance = new boolean[256];

  /**
   * @param particles N, the approximate maximal number of prefixes expanded at each depth
   * @param maxLeaves maximal number of leaves that leave the population at each depth, chosen
   *     without bias if there are more
   * @param sparing whether prefixes of low weight are dropped even if there is room for them; if
   *     not, N are expanded at each depth, or all if there are fewer
   */
  ParticleRun(
      Explorer explorer,
      int root,
      Twist twist,
      int particles,
      int maxLeaves,
      boolean sparing,
      RandomGenerator random) {
    this.explorer = explorer;
    this.twist = twist;
    this.particles = particles;
    this.maxLeaves = maxLeaves;
    this.sparing = sparing;
    this.random = random;
    this.nodes = new int[] {root};
    this.many = new ManyChildren(explorer);
  }

  /** Leaves reached, with their weights: over runs, each leaf's mean weight is {@code pi tau}. */
  LeafSample leaves() {
    return leaves;
  }

  /**
   * Log of the unbiased estimate of {@code Z}; {@code -inf} if no leaf of positive weight was
   * reached.
   */
  double logSuccessProbability() {
    return logMass;
  }

  /** The spread of the particles' weights. */
  Spread spread() {
    return spread;
  }

  boolean isDone() {
    return size == 0;
  }

  /**
   * Changes the twist from this depth on. Weights remain unbiased: {@code w / V'(v)}, which is
   * preserved, has mean {@code pi(v)} under any twist that depends only on the past.
   */
  void twistBy(Twist other) {
    twist = other;
  }

  /**
   * Advances by one action: expands all particles in one batch, weights the children and selects
   * among them.
   */
  void advance() {
    explorer.expand(nodes, size);
    explorer.meter().addSteps(size);
    int count = weighChildren();
    keep(count, true, maxLeaves);
    int open = keep(count, false, particles);
    size = open;
  }

  private int weighChildren() {
    int count = 0;
    double[] logOut = new double[size];
    for (int i = 0; i < size; i++) {
      Children children = Objects.requireNonNull(explorer.tree().children(nodes[i]));
      if (children.count() > MANY_TERMS) {
        count = addMany(count, i, children);
        logOut[i] = logRho[i] + many.logSum();
        continue;
      }
      int before = count;
      for (int slot = 0; slot < children.count(); slot++) {
        double logWeight = children.logWeight(slot);
        if (logWeight > Double.NEGATIVE_INFINITY) {
          count = addChild(count, i, slot, children, logWeight);
        }
      }
      logOut[i] = logSum(before, count);
      count = thin(before, count);
    }
    spread.level(logParticle, logOut, size, logMass);
    return count;
  }

  /** Adds the children of one particle that are left when its many children are thinned out. */
  private int addMany(int from, int particle, Children children) {
    many.weigh(nodes[particle], twist, childDepth(nodes[particle]));
    boolean chance = many.areMoreThan(4 * MANY_CHILDREN);
    if (chance) {
      many.thin(Math.max(MANY_CHILDREN, particles), random);
    }
    int count = from;
    for (int slot = many.next(0); slot < many.count(); slot = many.next(slot + 1)) {
      count = addChild(count, particle, slot, children, children.logWeight(slot));
      if (chance) {
        setWeight(count - 1, logRho[particle] + many.logWeight(slot));
      }
    }
    return count;
  }

  /** Changes the weight of a child that survived a choice. */
  private void setWeight(int child, double logWeight) {
    childByChance[child] = logWeight > childLogWeight[child] + CHANGED;
    childLogWeight[child] = logWeight;
  }

  private int childDepth(int node) {
    return explorer.tree().depth(node) + explorer.spec().rule().actionLength();
  }

  private double logSum(int from, int to) {
    double sum = Double.NEGATIVE_INFINITY;
    for (int i = from; i < to; i++) {
      sum = logAdd(sum, childLogWeight[i]);
    }
    return sum;
  }

  /**
   * Thins out the children of one particle if there are very many, unbiased like the choice among
   * all.
   */
  private int thin(int from, int to) {
    if (to - from <= 4 * MANY_CHILDREN) {
      return to;
    }
    double max = largest(from, to);
    double[] weights = new double[to - from];
    for (int i = from; i < to; i++) {
      weights[i - from] = Math.exp(childLogWeight[i] - max);
    }
    ThresholdResampling.choose(weights, to - from, Math.max(MANY_CHILDREN, particles), random);
    int kept = from;
    for (int i = from; i < to; i++) {
      if (weights[i - from] > 0) {
        childParent[kept] = childParent[i];
        childSlot[kept] = childSlot[i];
        childLeaf[kept] = childLeaf[i];
        childLogFactor[kept] = childLogFactor[i];
        childLogWeight[kept] = childLogWeight[i];
        setWeight(kept, max + Math.log(weights[i - from]));
        kept++;
      }
    }
    return kept;
  }

  private double largest(int from, int to) {
    double max = Double.NEGATIVE_INFINITY;
    for (int i = from; i < to; i++) {
      max = Math.max(max, childLogWeight[i]);
    }
    return max;
  }

  private int addChild(int count, int particle, int slot, Children children, double logWeight) {
    if (count == childSlot.length) {
      grow();
    }
    int node = nodes[particle];
    boolean leaf = explorer.childIsLeaf(node, slot);
    double logFactor = 0;
    if (!leaf && !twist.equals(Twist.NONE)) {
      int token = explorer.childToken(node, slot);
      logFactor = twist.logFactor(node, token, childDepth(node), children.logValue(slot));
    }
    childParent[count] = particle;
    childSlot[count] = slot;
    childLeaf[count] = leaf;
    childLogFactor[count] = logFactor;
    childByChance[count] = false;
    childLogWeight[count] = logRho[particle] + logWeight + logFactor;
    return count + 1;
  }

  /**
   * Chooses among the leaves or among the others; leaves leave the population, the others become
   * the next population.
   */
  private int keep(int count, boolean wantLeaves, int limit) {
    double max = Double.NEGATIVE_INFINITY;
    int[] chosen = new int[count];
    int among = 0;
    for (int i = 0; i < count; i++) {
      if (childLeaf[i] == wantLeaves) {
        chosen[among++] = i;
        max = Math.max(max, childLogWeight[i]);
      }
    }
    double[] weights = new double[among];
    for (int i = 0; i < among; i++) {
      weights[i] = Math.exp(childLogWeight[chosen[i]] - max);
    }
    double[] before = weights.clone();
    if (!wantLeaves && among > limit && isBalanced(weights, chosen, among)) {
      oneChildEach(weights, chosen, among);
    } else {
      boolean few = sparing && !wantLeaves && among > 0;
      int wanted = few ? ThresholdResampling.worthwhile(weights, among, limit) : limit;
      ThresholdResampling.choose(weights, among, wanted, random);
    }
    int[] nextNodes = new int[wantLeaves ? 0 : Math.min(among, limit + 1)];
    double[] nextLogRho = new double[nextNodes.length];
    double[] nextLogParticle = new double[nextNodes.length];
    long[] nextLineage = new long[nextNodes.length];
    int kept = 0;
    for (int i = 0; i < among; i++) {
      if (weights[i] > 0) {
        int child = explorer.childAt(nodes[childParent[chosen[i]]], childSlot[chosen[i]]);
        double logWeight = max + Math.log(weights[i]);
        boolean byChance = childByChance[chosen[i]] || weights[i] > before[i] * (1 + CHANGED);
        long line = lineageOf(childParent[chosen[i]], byChance);
        if (wantLeaves) {
          addLeaf(child, logWeight, line);
          logMass = logAdd(logMass, logWeight);
        } else {
          nextNodes[kept] = child;
          nextLogParticle[kept] = logWeight;
          nextLineage[kept] = line;
          nextLogRho[kept++] =
              logWeight - explorer.tree().logValue(child) - childLogFactor[chosen[i]];
        }
      }
    }
    if (!wantLeaves) {
      nodes = nextNodes;
      logRho = nextLogRho;
      logParticle = nextLogParticle;
      lineage = nextLineage;
    }
    return kept;
  }

  /** A child chosen by chance begins a lineage unless it already belongs to one. */
  private long lineageOf(int particle, boolean byChance) {
    return byChance && lineage[particle] < 0 ? lineages++ : lineage[particle];
  }

  private void addLeaf(int leaf, double logWeight, long line) {
    if (line < 0) {
      leaves.addLog(leaf, logWeight);
    } else {
      leaves.addLog(leaf, logWeight, line);
    }
  }

  /**
   * Whether the population is full and its weights even enough for every particle to continue
   * individually.
   */
  private boolean isBalanced(double[] weights, int[] chosen, int among) {
    if (size < FULL * particles) {
      return false;
    }
    double sum = 0;
    double squares = 0;
    for (int from = 0, to; from < among; from = to) {
      double mass = 0;
      for (to = from; to < among && childParent[chosen[to]] == childParent[chosen[from]]; to++) {
        mass += weights[to];
      }
      sum += mass;
      squares += mass * mass;
    }
    return sum * sum >= EVEN * size * squares;
  }

  /**
   * Every particle draws one of its children, which receives the weight of all of them. Particles
   * draw in strata of one common uniform, in random order: each draw has the distribution of an
   * independent draw, and together they select the first, second and later children in proportion
   * to their weights, up to rounding (Latin hypercube sampling: McKay, Beckman and Conover 1979,
   * Technometrics 21).
   */
  private void oneChildEach(double[] weights, int[] chosen, int among) {
    int[] strata = shuffled(particlesAmong(chosen, among));
    int next = 0;
    for (int from = 0, to; from < among; from = to) {
      double mass = 0;
      for (to = from; to < among && childParent[chosen[to]] == childParent[chosen[from]]; to++) {
        mass += weights[to];
      }
      double target = (strata[next++] + random.nextDouble()) / strata.length * mass;
      double sum = 0;
      boolean taken = false;
      for (int i = from; i < to; i++) {
        sum += weights[i];
        boolean take = !taken && weights[i] > 0 && (sum > target || i == to - 1);
        weights[i] = take ? mass : 0;
        taken |= take;
      }
    }
  }

  private int particlesAmong(int[] chosen, int among) {
    int count = 0;
    for (int i = 0; i < among; i++) {
      count += i == 0 || childParent[chosen[i]] != childParent[chosen[i - 1]] ? 1 : 0;
    }
    return count;
  }

  private int[] shuffled(int count) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  private static double logAdd(double a, double b) {
    double larger = Math.max(a, b);
    return larger == Double.NEGATIVE_INFINITY
        ? larger
        : larger + Math.log1p(Math.exp(Math.min(a, b) - larger));
  }

  private void grow() {
    int larger = childSlot.length * 2;
    childParent = Arrays.copyOf(childParent, larger);
    childSlot = Arrays.copyOf(childSlot, larger);
    childLogWeight = Arrays.copyOf(childLogWeight, larger);
    childLogFactor = Arrays.copyOf(childLogFactor, larger);
    childLeaf = Arrays.copyOf(childLeaf, larger);
    childByChance = Arrays.copyOf(childByChance, larger);
  }
}
