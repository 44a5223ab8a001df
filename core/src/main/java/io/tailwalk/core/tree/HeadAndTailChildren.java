package io.tailwalk.core.tree;

import io.tailwalk.core.model.TopTokens;
import io.tailwalk.core.random.RandomChooser;
import io.tailwalk.core.random.Streams;
import io.tailwalk.core.verify.Candidate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The most probable tokens with their probabilities, and draws of the model for all others ({@link
 * ExpansionRule.HeadAndTail}). Which tokens are the head is decided without the draws, so a token's
 * weight is either its probability or the share of draws that are this token: both have its
 * probability as their mean.
 */
final class HeadAndTailChildren implements ChildMaker {
  private final long seed;
  private final ExpansionRule.HeadAndTail rule;
  private final GenerationTree tree;
  private final Explorer explorer;
  private final Valuation valuation;

  HeadAndTailChildren(
      TreeSpec spec,
      ExpansionRule.HeadAndTail rule,
      GenerationTree tree,
      Explorer explorer,
      Valuation valuation) {
    this.seed = spec.seed();
    this.rule = rule;
    this.tree = tree;
    this.explorer = explorer;
    this.valuation = valuation;
  }

  @Override
  public List<Children> make(int[] nodes) {
    List<TopTokens> heads = explorer.heads(nodes, rule.head());
    int[][] drawn = draws(nodes, heads);
    List<Map<Integer, Double>> priors = new ArrayList<>();
    for (int i = 0; i < nodes.length; i++) {
      priors.add(priors(nodes[i], heads.get(i), drawn[i]));
    }
    int[] all = priors.stream().flatMap(some -> some.keySet().stream()).mapToInt(c -> c).toArray();
    explorer.value(all, all.length);
    List<Children> made = new ArrayList<>();
    for (int i = 0; i < nodes.length; i++) {
      made.add(table(nodes[i], priors.get(i)));
    }
    return made;
  }

  /** The node of every draw; none for nodes whose head is all of their distribution. */
  private int[][] draws(int[] nodes, List<TopTokens> heads) {
    int[][] ends = new int[nodes.length][];
    RandomChooser[] choosers = new RandomChooser[nodes.length];
    List<Integer> from = new ArrayList<>();
    for (int i = 0; i < nodes.length; i++) {
      boolean hasTail = heads.get(i).missing().high() > 0;
      ends[i] = new int[hasTail ? rule.draws() : 0];
      Arrays.fill(ends[i], nodes[i]);
      choosers[i] = new RandomChooser(Streams.of(seed, tree.pathKey(nodes[i])));
      for (int j = 0; j < ends[i].length; j++) {
        from.add(i);
      }
    }
    int[] all = Arrays.stream(ends).flatMapToInt(Arrays::stream).toArray();
    explorer.lengthen(all, j -> choosers[from.get(j)], _ -> 1);
    for (int i = 0, at = 0; i < nodes.length; at += ends[i].length, i++) {
      System.arraycopy(all, at, ends[i], 0, ends[i].length);
    }
    return ends;
  }

  /** The log-weight of every child, by its node: those of the head, then those of the tail. */
  private Map<Integer, Double> priors(int node, TopTokens head, int[] drawn) {
    Map<Integer, Double> priors = new LinkedHashMap<>();
    for (int i = 0; i < head.size(); i++) {
      double logProb = head.logProbs()[i];
      priors.put(explorer.extend(node, head.tokenIds()[i], logProb), logProb);
    }
    Map<Integer, Integer> outside = new LinkedHashMap<>();
    for (int end : drawn) {
      if (!head.has(tree.token(end))) {
        outside.merge(end, 1, Integer::sum);
      }
    }
    outside.forEach((end, times) -> priors.put(end, Math.log((double) times / drawn.length)));
    return priors;
  }

  private ChildTable table(int node, Map<Integer, Double> priors) {
    int[] children = priors.keySet().stream().mapToInt(child -> child).toArray();
    double[] logPriors = priors.values().stream().mapToDouble(prior -> prior).toArray();
    double[] values = new double[children.length];
    boolean[] open = new boolean[children.length];
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < children.length; i++) {
      values[i] = tree.logValue(children[i]);
      open[i] = !tree.isLeaf(children[i]);
      tree.setWalkParent(children[i], node);
      candidates.add(explorer.candidate(children[i]));
    }
    return new ChildTable(
        children, logPriors, values, open, valuation.dead(candidates, values, open));
  }
}
