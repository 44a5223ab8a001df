package io.tailwalk.core.tree;

import io.tailwalk.core.cost.CostMeter;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.ChildScores;
import io.tailwalk.core.verify.FinishReason;
import io.tailwalk.core.verify.ValueFunction;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Every token of positive probability is a child. */
final class EnumeratedChildren implements ChildMaker {
  /** Larger vocabularies are stored as {@link WideChildren}. */
  static final int WIDE = 1024;

  private final TreeSpec spec;
  private final GenerationTree tree;
  private final Endings endings;
  private final CostMeter meter;
  private final Explorer explorer;
  private final Valuation valuation;
  private final Expansion expansion;
  private @Nullable WideScratch scratch;
  private long @Nullable [] everything;

  EnumeratedChildren(
      TreeSpec spec,
      GenerationTree tree,
      Endings endings,
      CostMeter meter,
      Explorer explorer,
      Valuation valuation,
      Expansion expansion) {
    this.spec = spec;
    this.tree = tree;
    this.endings = endings;
    this.meter = meter;
    this.explorer = explorer;
    this.valuation = valuation;
    this.expansion = expansion;
  }

  private WideScratch scratch() {
    WideScratch room = scratch;
    if (room == null) {
      room = new WideScratch(spec.vocabulary().size());
      scratch = room;
    }
    return room;
  }

  @Override
  public List<Children> make(int[] nodes) {
    explorer.evaluate(nodes, nodes.length);
    return spec.vocabulary().size() > WIDE ? makeWide(nodes) : makeTables(nodes);
  }

  private List<Children> makeWide(int[] nodes) {
    List<Children> made = new ArrayList<>();
    for (int node : nodes) {
      made.add(wide(node));
    }
    return made;
  }

  private Children wide(int node) {
    byte[] tail = endings.tail(node);
    Candidate here = endings.candidate(node);
    ChildScores inner = spec.value().childLogValues(here);
    boolean last = tree.depth(node) + 1 >= spec.maxTokens();
    NodeDistribution distribution = explorer.handle(node);
    ChildScores full = spec.verifier().childLogRewards(here, FinishReason.LENGTH);
    ChildScores scores = wideScores(node, tail, here, inner, full);
    @Nullable ChildScores proofs = last ? null : valuation.proofs(here, inner);
    long[] mask = last ? full.mask() : openMask(inner, proofs);
    if (mask != null) {
      int[] tokens = endings.endingIn(tail);
      double[] logRewards = new double[tokens.length];
      for (int i = 0; i < tokens.length; i++) {
        logRewards[i] = scores.logScore(tokens[i]);
      }
      var ends = new MaskedChildren.Ends(tokens, logRewards);
      double factor = last ? 0 : expansion.logFactor(tree.depth(node) + 1);
      Children masked = MaskedChildren.of(distribution, mask, ends, last, factor, scratch());
      if (masked != null) {
        return masked;
      }
    }
    return new WideChildren(
        distribution,
        scores,
        token -> endings.endingOf(node, tail, token) != Ending.OPEN,
        last ? null : endings.endingIn(tail),
        proofs,
        scratch());
  }

  /** The mask of children that go on, where zeros of the value are the only proofs; else null. */
  @SuppressWarnings("ReferenceEquality") // the same scores are the same proofs
  private long @Nullable [] openMask(ChildScores inner, @Nullable ChildScores proofs) {
    if (proofs == inner) {
      return inner.mask();
    }
    return proofs == null && spec.value().equals(ValueFunction.ONE) ? everything() : null;
  }

  private long[] everything() {
    long[] all = everything;
    if (all == null) {
      var tokens = new BitSet();
      tokens.set(0, spec.vocabulary().size());
      all = tokens.toLongArray();
      everything = all;
    }
    return all;
  }

  private ChildScores wideScores(
      int node, byte[] tail, Candidate here, ChildScores inner, ChildScores full) {
    int childDepth = tree.depth(node) + 1;
    ChildScores ended = spec.verifier().childLogRewards(here, FinishReason.STOP);
    meter.addValueCalls(1);
    meter.addVerifierCalls(1);
    return new ChildScores() {
      @Override
      public double logScore(int token) {
        Ending ending = endings.endingOf(node, tail, token);
        return switch (ending) {
          case OPEN -> open(inner.logScore(token));
          case LENGTH -> checked(full.logScore(token), ending);
          case END_TOKEN, STOP_STRING -> ofEnd(token, ending);
        };
      }

      private double open(double logValue) {
        return checked(logValue, Ending.OPEN) + expansion.logFactor(childDepth);
      }

      private double ofEnd(int token, Ending ending) {
        return checked(
            ending == Ending.END_TOKEN
                ? ended.logScore(token)
                : spec.verifier().logReward(endings.childCandidate(here, tail, token, ending)),
            ending);
      }

      private double checked(double logScore, Ending ending) {
        return valuation.checked(logScore, ending != Ending.OPEN);
      }

      @Override
      public void logScores(double[] out) {
        boolean last = childDepth >= spec.maxTokens();
        (last ? full : inner).logScores(out);
        if (!valuation.allWithin(out, last)) {
          for (int token = 0; token < out.length; token++) {
            out[token] = checked(out[token], last ? Ending.LENGTH : Ending.OPEN);
          }
        }
        double factor = last ? 0 : expansion.logFactor(childDepth);
        if (factor != 0) {
          for (int token = 0; token < out.length; token++) {
            out[token] += factor;
          }
        }
        for (int token : endings.endingIn(tail)) {
          out[token] = ofEnd(token, endings.endingOf(node, tail, token));
        }
      }
    };
  }

  private List<Children> makeTables(int[] nodes) {
    List<int[]> tokens = new ArrayList<>();
    List<Candidate> candidates = new ArrayList<>();
    for (int node : nodes) {
      tokens.add(possibleTokens(explorer.distribution(node)));
      addChildCandidates(node, tokens.getLast(), candidates);
    }
    double[] values = valuation.logValues(candidates);
    List<Children> made = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < nodes.length; i++) {
      made.add(table(nodes[i], tokens.get(i), candidates, values, from));
      from += tokens.get(i).length;
    }
    return made;
  }

  private static int[] possibleTokens(LogProbs distribution) {
    return IntStream.range(0, distribution.size())
        .filter(token -> distribution.logProb(token) > Double.NEGATIVE_INFINITY)
        .toArray();
  }

  private void addChildCandidates(int node, int[] tokens, List<Candidate> into) {
    Candidate here = endings.candidate(node);
    byte[] tail = endings.tail(node);
    for (int token : tokens) {
      into.add(endings.childCandidate(here, tail, token, endings.endingOf(node, tail, token)));
    }
  }

  private ChildTable table(
      int node, int[] tokens, List<Candidate> candidates, double[] values, int from) {
    LogProbs distribution = explorer.distribution(node);
    int[] slots = new int[tokens.length];
    double[] priors = new double[tokens.length];
    double[] logValues = new double[tokens.length];
    boolean[] open = new boolean[tokens.length];
    List<Candidate> inner = new ArrayList<>();
    double factor = expansion.logFactor(tree.depth(node) + 1);
    for (int i = 0; i < tokens.length; i++) {
      inner.add(candidates.get(from + i));
      slots[i] = ~tokens[i];
      priors[i] = distribution.logProb(tokens[i]);
      open[i] = !candidates.get(from + i).isComplete();
      logValues[i] = values[from + i] + (open[i] ? factor : 0);
    }
    boolean[] dead = valuation.dead(inner, logValues, open);
    return new ChildTable(slots, priors, logValues, open, dead);
  }
}
