package io.tailwalk.sampling;

import io.tailwalk.core.random.RandomChooser;
import io.tailwalk.core.random.Streams;
import io.tailwalk.core.tree.Explorer;
import io.tailwalk.core.tree.GenerationTree;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.sampling.estimate.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Leaves in the order they were reached, each with a weight; converted to completions when the run
 * is over. Weights are stored as logs, so that no success probability is too small. An entry of
 * weight zero needs no leaf.
 */
public final class LeafSample {
  private int[] leaves = new int[64];
  private double[] logWeights = new double[64];
  private long[] lineages = new long[64];
  private int size;

  /** An empty sample. */
  public LeafSample() {}

  /** Adds a leaf with a non-negative weight. */
  public void add(int leaf, double weight) {
    addLog(leaf, Math.log(weight));
  }

  /**
   * Adds a leaf with the log of its weight.
   *
   * @param leaf a leaf, or {@link GenerationTree#NONE} if the weight is zero
   */
  public void addLog(int leaf, double logWeight) {
    addLog(leaf, logWeight, -1L - size);
  }

  /**
   * Adds a leaf that shares a lineage with others.
   *
   * @param leaf a leaf, or {@link GenerationTree#NONE} if the weight is zero
   * @param lineage at least 0; entries of one lineage descend from one early random choice, so that
   *     together they count as at most one draw
   */
  public void addLog(int leaf, double logWeight, long lineage) {
    if (Double.isNaN(logWeight)) {
      throw new IllegalArgumentException("a weight must not be negative or NaN");
    }
    if (size == leaves.length) {
      leaves = Arrays.copyOf(leaves, size * 2);
      logWeights = Arrays.copyOf(logWeights, size * 2);
      lineages = Arrays.copyOf(lineages, size * 2);
    }
    leaves[size] = leaf;
    lineages[size] = lineage;
    logWeights[size++] = logWeight;
  }

  /** Adds the entries of another sample, whose lineages are none of this one's. */
  public void addAll(LeafSample other) {
    for (int i = 0; i < other.size; i++) {
      if (other.lineages[i] < 0) {
        addLog(other.leaves[i], other.logWeights[i]);
      } else {
        addLog(other.leaves[i], other.logWeights[i], other.lineages[i]);
      }
    }
  }

  /** Number of entries. */
  public int size() {
    return size;
  }

  /** The leaf of an entry. */
  public int leaf(int entry) {
    return leaves[entry];
  }

  /** The weight of an entry. */
  public double weight(int entry) {
    return Math.exp(logWeights[entry]);
  }

  /** The log of the weight of an entry. */
  public double logWeight(int entry) {
    return logWeights[entry];
  }

  /** The weights of the first entries. */
  public double[] weights(int entries) {
    return IntStream.range(0, entries).mapToDouble(this::weight).toArray();
  }

  /** Number of entries of positive weight. */
  public int positiveSize() {
    return positive().length;
  }

  private int[] positive() {
    return IntStream.range(0, size).filter(i -> logWeights[i] > Double.NEGATIVE_INFINITY).toArray();
  }

  private double largest() {
    return Arrays.stream(logWeights, 0, size).max().orElse(Double.NEGATIVE_INFINITY);
  }

  /** The lineage of an entry; below 0 if it has its own. */
  public long lineage(int entry) {
    return lineages[entry];
  }

  /** Kish's effective number of lineages: weights are summed by lineage first; 0 when empty. */
  public double lineageSize() {
    Map<Long, Double> sums = new LinkedHashMap<>();
    double shift = largest();
    for (int i : positive()) {
      sums.merge(lineages[i], Math.exp(logWeights[i] - shift), Double::sum);
    }
    return Weights.effectiveSize(sums.values().stream().mapToDouble(w -> w).toArray());
  }

  /** Kish's effective sample size {@code (sum w)^2 / sum w^2}; 0 when empty. */
  public double kishSize() {
    double shift = largest();
    return Weights.effectiveSize(
        Arrays.stream(positive()).mapToDouble(i -> Math.exp(logWeights[i] - shift)).toArray());
  }

  /**
   * Every distinct completion with its share of the weight, heaviest first, ties in the order of
   * first occurrence.
   */
  public List<Completion> outcomes(Explorer explorer) {
    if (explorer.meter().tokensAgain() > 0) {
      explorer.releaseDistributions();
    }
    int[] positive = positive();
    int[] places = new int[explorer.tree().size()];
    int[] firstSeen = new int[positive.length];
    double[] shares = new double[positive.length];
    int distinct = 0;
    double shift = largest();
    double total = 0;
    for (int i : positive) {
      int canonical = explorer.tree().canonical(leaves[i]);
      if (places[canonical] == 0) {
        firstSeen[distinct] = leaves[i];
        places[canonical] = ++distinct;
      }
      double weight = Math.exp(logWeights[i] - shift);
      shares[places[canonical] - 1] += weight;
      total += weight;
    }
    List<Completion> outcomes = new ArrayList<>();
    for (int place = 0; place < distinct; place++) {
      if (shares[place] > 0) {
        outcomes.add(completion(explorer, firstSeen[place]).withWeight(shares[place] / total));
      }
    }
    outcomes.sort((a, b) -> Double.compare(b.weight(), a.weight()));
    return outcomes;
  }

  /** Reports every completion of positive weight to the run's listener. */
  public void complete(Run run) {
    Arrays.stream(positive()).forEach(i -> run.completed(leaves[i]));
  }

  /** The first completions of positive weight, in the order they were reached. */
  public List<Completion> first(Explorer explorer, int n) {
    return Arrays.stream(positive())
        .limit(n)
        .mapToObj(i -> completion(explorer, leaves[i]))
        .toList();
  }

  /** The completions of largest weight, heaviest first, ties in the order they were reached. */
  public List<Completion> heaviest(Explorer explorer, int n) {
    return Arrays.stream(positive())
        .boxed()
        .sorted((a, b) -> Double.compare(logWeights[b], logWeights[a]))
        .limit(n)
        .map(i -> completion(explorer, leaves[i]))
        .toList();
  }

  /**
   * Draws entries in proportion to weight by systematic resampling, lineage by lineage: entries
   * distant in time or descent, so that draws are as independent as the sample allows. The order of
   * the draws is shuffled.
   *
   * @return at most {@code n} completions, fewer only if there are fewer entries of positive weight
   */
  public List<Completion> draws(Explorer explorer, int n, long seed) {
    return Arrays.stream(drawEntries(n, seed))
        .mapToObj(i -> completion(explorer, leaves[i]))
        .toList();
  }

  /** Distinct lineages among the entries that {@link #draws} selects. */
  public int drawnLineages(int n, long seed) {
    return (int) Arrays.stream(drawEntries(n, seed)).mapToLong(i -> lineages[i]).distinct().count();
  }

  private int[] drawEntries(int n, long seed) {
    RandomGenerator random = Streams.of(seed, Purpose.DRAWS);
    int[] positive =
        Arrays.stream(positive())
            .boxed()
            .sorted(Comparator.comparingLong((Integer i) -> Math.max(-1, lineages[i])))
            .mapToInt(i -> i)
            .toArray();
    int count = Math.min(n, positive.length);
    double[] cumulative = new double[positive.length];
    double shift = largest();
    double sum = 0;
    for (int i = 0; i < positive.length; i++) {
      sum += Math.exp(logWeights[positive[i]] - shift);
      cumulative[i] = sum;
    }
    List<Integer> drawn = new ArrayList<>();
    double offset = random.nextDouble();
    for (int j = 0; j < count; j++) {
      int at =
          RandomChooser.firstAbove(cumulative, 0, cumulative.length, (j + offset) / count * sum);
      drawn.add(positive[at]);
    }
    Collections.shuffle(drawn, random);
    return drawn.stream().mapToInt(i -> i).toArray();
  }

  /** A leaf as a completion of weight 1. */
  public static Completion completion(Explorer explorer, int leaf) {
    GenerationTree tree = explorer.tree();
    Candidate candidate = explorer.candidate(leaf);
    int[] ids = new int[tree.depth(leaf)];
    double[] logProbs = new double[ids.length];
    for (int at = leaf, i = ids.length - 1; !tree.isRoot(at); at = tree.parent(at), i--) {
      ids[i] = tree.token(at);
      logProbs[i] = tree.logPi(at) - tree.logPi(tree.parent(at));
    }
    return new Completion(
        Packed.owning(ids),
        candidate.text(),
        Packed.owning(logProbs),
        explorer.logValue(leaf),
        candidate.finishReason().orElseThrow(),
        1.0);
  }
}
