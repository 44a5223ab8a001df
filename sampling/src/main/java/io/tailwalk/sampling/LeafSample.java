package io.tailwalk.sampling;

import io.tailwalk.core.random.RandomChooser;
import io.tailwalk.core.random.Streams;
import io.tailwalk.core.tree.Explorer;
import io.tailwalk.core.tree.GenerationTree;
import io.tailwalk.core.verify.Candidate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Leaves in the order they were reached, each with a weight; made into completions when the run is
 * over.
 */
public final class LeafSample {
  private int[] leaves = new int[64];
  private double[] weights = new double[64];
  private int size;

  /** Adds a leaf with a non-negative weight. */
  public void add(int leaf, double weight) {
    if (size == leaves.length) {
      leaves = Arrays.copyOf(leaves, size * 2);
      weights = Arrays.copyOf(weights, size * 2);
    }
    leaves[size] = leaf;
    weights[size++] = weight;
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
    return weights[entry];
  }

  /** Kish's effective sample size {@code (sum w)^2 / sum w^2}; 0 when empty. */
  public double kishSize() {
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < size; i++) {
      sum += weights[i];
      squares += weights[i] * weights[i];
    }
    return squares == 0 ? 0 : sum * sum / squares;
  }

  /**
   * Every distinct completion with its share of the weight, heaviest first, ties in order of first
   * sight.
   */
  public List<Completion> outcomes(Explorer explorer) {
    Map<List<Integer>, Double> shares = new LinkedHashMap<>();
    Map<List<Integer>, Integer> nodes = new LinkedHashMap<>();
    double total = 0;
    for (int i = 0; i < size; i++) {
      int canonical = explorer.tree().canonical(leaves[i]);
      List<Integer> ids = Arrays.stream(explorer.tree().tokenIds(canonical)).boxed().toList();
      shares.merge(ids, weights[i], Double::sum);
      nodes.putIfAbsent(ids, leaves[i]);
      total += weights[i];
    }
    List<Completion> outcomes = new ArrayList<>();
    for (Map.Entry<List<Integer>, Double> share : shares.entrySet()) {
      if (share.getValue() > 0) {
        int node = nodes.getOrDefault(share.getKey(), GenerationTree.NONE);
        outcomes.add(completion(explorer, node).withWeight(share.getValue() / total));
      }
    }
    outcomes.sort((a, b) -> Double.compare(b.weight(), a.weight()));
    return outcomes;
  }

  /**
   * Draws entries in proportion to weight by systematic resampling: entries far apart in time, so
   * that draws from a walk are as independent as the walk allows. The order of the draws is
   * shuffled.
   *
   * @return at most {@code n} completions, fewer only if there are fewer entries of positive weight
   */
  public List<Completion> draws(Explorer explorer, int n, long seed) {
    RandomGenerator random = Streams.of(seed, Purpose.DRAWS);
    int[] positive =
        java.util.stream.IntStream.range(0, size).filter(i -> weights[i] > 0).toArray();
    int count = Math.min(n, positive.length);
    double[] cumulative = new double[positive.length];
    double sum = 0;
    for (int i = 0; i < positive.length; i++) {
      sum += weights[positive[i]];
      cumulative[i] = sum;
    }
    List<Completion> draws = new ArrayList<>();
    double offset = random.nextDouble();
    for (int j = 0; j < count; j++) {
      int at =
          RandomChooser.firstAbove(cumulative, 0, cumulative.length, (j + offset) / count * sum);
      draws.add(completion(explorer, leaves[positive[at]]));
    }
    java.util.Collections.shuffle(draws, random);
    return draws;
  }

  /** A leaf as a completion of weight 1. */
  public static Completion completion(Explorer explorer, int leaf) {
    GenerationTree tree = explorer.tree();
    Candidate candidate = explorer.candidate(leaf);
    List<Integer> ids = new ArrayList<>();
    List<Double> logProbs = new ArrayList<>();
    for (int at = leaf; !tree.isRoot(at); at = tree.parent(at)) {
      ids.addFirst(tree.token(at));
      logProbs.addFirst(tree.logPi(at) - tree.logPi(tree.parent(at)));
    }
    return new Completion(
        ids,
        candidate.text(),
        logProbs,
        explorer.logValue(leaf),
        candidate.finishReason().orElseThrow(),
        1.0);
  }
}
