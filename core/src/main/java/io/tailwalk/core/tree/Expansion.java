package io.tailwalk.core.tree;

import io.tailwalk.core.cost.CostMeter;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.random.RandomChooser;
import io.tailwalk.core.random.Streams;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.ChildScores;
import io.tailwalk.core.verify.FinishReason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Makes the children of nodes, by enumeration or from K sampled actions. */
final class Expansion {
  /** Vocabularies above this are kept as {@link WideChildren}. */
  private static final int WIDE = 1024;

  /** A law larger than this is dropped once a node's sampled children are drawn. */
  private static final long SMALL_LAW_BYTES = 16_384;

  private final TreeSpec spec;
  private final GenerationTree tree;
  private final Endings endings;
  private final CostMeter meter;
  private final Explorer explorer;
  private final Valuation valuation;

  Expansion(
      TreeSpec spec, GenerationTree tree, Endings endings, CostMeter meter, Explorer explorer) {
    this.spec = spec;
    this.tree = tree;
    this.endings = endings;
    this.meter = meter;
    this.explorer = explorer;
    this.valuation = new Valuation(spec, meter);
  }

  void expand(int[] nodes) {
    switch (spec.rule()) {
      case ExpansionRule.Enumerate() -> enumerate(nodes);
      case ExpansionRule.Sample(int k, int blockLength) -> sample(nodes, k, blockLength);
    }
  }

  /** The node of a slot, made if need be. */
  int childAt(int node, Children children, int slot) {
    return switch (children) {
      case ChildTable table -> {
        int known = table.nodeOrToken(slot);
        if (known >= 0) {
          yield known;
        }
        int child = newChild(node, ~known, table.logPrior(slot), table.logValue(slot));
        table.becameNode(slot, child);
        yield child;
      }
      case WideChildren wide -> {
        int known = tree.find(node, slot);
        yield known != GenerationTree.NONE && tree.walkParent(known) != GenerationTree.NONE
            ? known
            : newChild(node, slot, wide.logPrior(slot), wide.logValue(slot));
      }
    };
  }

  private int newChild(int node, int token, double logProb, double logValue) {
    int child = explorer.extend(node, token, logProb);
    tree.setWalkParent(child, node);
    tree.setLogValue(child, logValue);
    return child;
  }

  void value(int[] nodes, int count) {
    List<Integer> unknown = new ArrayList<>();
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int node = nodes[i];
      if (node != GenerationTree.ROOT
          && Double.isNaN(tree.logValue(node))
          && !unknown.contains(node)) {
        unknown.add(node);
        candidates.add(endings.candidate(node));
      }
    }
    double[] values = valuation.logValues(candidates);
    for (int i = 0; i < values.length; i++) {
      tree.setLogValue(unknown.get(i), values[i]);
    }
  }

  void revalue(int node, double logValue) {
    if (tree.isLeaf(node) || node == GenerationTree.ROOT) {
      throw new IllegalArgumentException(
          "only inner nodes below the root can be given another value");
    }
    valuation.check(logValue, false);
    tree.setLogValue(node, logValue);
    int above = tree.walkParent(node);
    Children children = above == GenerationTree.NONE ? null : tree.children(above);
    if (children == null) {
      return;
    }
    switch (children) {
      case ChildTable table -> table.revalue(table.slotOf(node), logValue);
      case WideChildren wide -> wide.revalue(tree.token(node), logValue);
    }
    tree.setLogOut(above, children.logTotal());
  }

  private void install(int node, Children children) {
    tree.setChildren(node, children);
    tree.setLogOut(node, children.logTotal());
  }

  private void enumerate(int[] nodes) {
    explorer.evaluate(nodes, nodes.length);
    if (spec.vocabulary().size() > WIDE) {
      for (int node : nodes) {
        install(node, wide(node));
      }
      return;
    }
    List<int[]> tokens = new ArrayList<>();
    List<Candidate> candidates = new ArrayList<>();
    for (int node : nodes) {
      tokens.add(possibleTokens(explorer.law(node)));
      addChildCandidates(node, tokens.getLast(), candidates);
    }
    double[] values = valuation.logValues(candidates);
    int from = 0;
    for (int i = 0; i < nodes.length; i++) {
      int[] possible = tokens.get(i);
      install(
          nodes[i],
          table(nodes[i], possible, Arrays.copyOfRange(values, from, from + possible.length)));
      from += possible.length;
    }
  }

  private static int[] possibleTokens(LogProbs law) {
    return java.util.stream.IntStream.range(0, law.size())
        .filter(token -> law.logProb(token) > Double.NEGATIVE_INFINITY)
        .toArray();
  }

  private void addChildCandidates(int node, int[] tokens, List<Candidate> into) {
    Candidate here = endings.candidate(node);
    byte[] tail = endings.tail(node);
    for (int token : tokens) {
      into.add(endings.childCandidate(here, tail, token, endings.endingOf(node, tail, token)));
    }
  }

  private ChildTable table(int node, int[] tokens, double[] values) {
    LogProbs law = explorer.law(node);
    int[] slots = new int[tokens.length];
    double[] priors = new double[tokens.length];
    for (int i = 0; i < tokens.length; i++) {
      slots[i] = ~tokens[i];
      priors[i] = law.logProb(tokens[i]);
    }
    return new ChildTable(slots, priors, values);
  }

  private WideChildren wide(int node) {
    Candidate here = endings.candidate(node);
    byte[] tail = endings.tail(node);
    ChildScores inner = spec.value().childLogValues(here);
    ChildScores ended = spec.verifier().childLogRewards(here, FinishReason.STOP);
    ChildScores full = spec.verifier().childLogRewards(here, FinishReason.LENGTH);
    meter.addValueCalls(1);
    meter.addVerifierCalls(1);
    ChildScores scores =
        token -> {
          Ending ending = endings.endingOf(node, tail, token);
          double score =
              switch (ending) {
                case OPEN -> inner.logScore(token);
                case END_TOKEN -> ended.logScore(token);
                case LENGTH -> full.logScore(token);
                case STOP_STRING ->
                    spec.verifier().logReward(endings.childCandidate(here, tail, token, ending));
              };
          valuation.check(score, ending != Ending.OPEN);
          return score;
        };
    return new WideChildren(explorer.law(node), scores);
  }

  /**
   * Lengthens K copies of every node by one token a round, all nodes in one model batch a round.
   */
  private void sample(int[] nodes, int k, int blockLength) {
    RandomChooser[] choosers = new RandomChooser[nodes.length];
    int[][] ends = new int[nodes.length][k];
    for (int i = 0; i < nodes.length; i++) {
      choosers[i] = new RandomChooser(Streams.of(spec.seed(), tree.pathKey(nodes[i])));
      Arrays.fill(ends[i], nodes[i]);
    }
    for (int round = 0; round < blockLength; round++) {
      int[] open = openEnds(ends);
      if (open.length == 0) {
        break;
      }
      explorer.evaluate(open, open.length);
      for (int i = 0; i < nodes.length; i++) {
        lengthen(ends[i], choosers[i]);
      }
    }
    int[] all = Arrays.stream(ends).flatMapToInt(Arrays::stream).distinct().toArray();
    value(all, all.length);
    for (int i = 0; i < nodes.length; i++) {
      install(nodes[i], sampledTable(nodes[i], ends[i]));
      dropLargeLaws(nodes[i], ends[i]);
    }
  }

  private int[] openEnds(int[][] ends) {
    return Arrays.stream(ends)
        .flatMapToInt(Arrays::stream)
        .filter(end -> !tree.isLeaf(end))
        .distinct()
        .toArray();
  }

  private void lengthen(int[] ends, RandomChooser chooser) {
    for (int j = 0; j < ends.length; j++) {
      if (!tree.isLeaf(ends[j])) {
        ends[j] = explorer.drawToken(ends[j], chooser);
      }
    }
  }

  private ChildTable sampledTable(int node, int[] ends) {
    int[] distinct = Arrays.stream(ends).distinct().toArray();
    double[] priors = new double[distinct.length];
    double[] values = new double[distinct.length];
    for (int i = 0; i < distinct.length; i++) {
      int child = distinct[i];
      long drawn = Arrays.stream(ends).filter(end -> end == child).count();
      priors[i] = Math.log((double) drawn / ends.length);
      values[i] = tree.logValue(child);
      tree.setWalkParent(child, node);
    }
    return new ChildTable(distinct, priors, values);
  }

  private void dropLargeLaws(int node, int[] ends) {
    for (int end : ends) {
      for (int at = tree.parent(end); ; at = tree.parent(at)) {
        LogProbs law = tree.law(at);
        if (law != null && law.memoryBytes() > SMALL_LAW_BYTES) {
          tree.setLaw(at, null);
        }
        if (at == node) {
          break;
        }
      }
    }
  }
}
