package io.tailwalk.sampling.masked;

import io.tailwalk.core.random.Chooser;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The weighted moves from a sequence {@code x} of n positions, k of them revealed: to {@code y},
 * which reveals token a at position i, with weight {@code p_i(a|x) V(y) / (n-k)}; to each sequence
 * with one position masked again with weight {@code V(x) / k}.
 *
 * <p>This is the edge weight {@code c_k p(y) V(y)} between x and y with {@code c_k = 1 / C(n-1,k)},
 * divided by {@code c_k (n-k) = c_{k-1} k} and by the probability {@code p(x)} that the model gives
 * to the revealed tokens. An edge has one weight in both directions, so the random walk along the
 * edges is reversible; the edges of a complete sequence y add up to {@code n p(y) tau(y)}, whatever
 * values the others have. With exact values, the edges between k and k+1 revealed positions add up
 * to the same for every k.
 *
 * <p>Source: the edge weight of arXiv 2606.28301 as in the code of its authors (KraitGit/MDM-VGB,
 * block size 1, lambda 0); the text of the paper was not available, so that this rests on a
 * secondary source. The form with {@code n-k} and {@code k} and the statements above are derived
 * here. Not implemented: blocks of positions, a selection of positions, sampled tokens, and {@code
 * lambda > 0}, which multiplies an edge by {@code V(x)^lambda} and so changes the distribution over
 * complete sequences. For a model whose conditional distributions belong to no joint distribution,
 * {@code p(x)} is not defined, and the walk is not exact.
 */
public final class MaskedMoves {
  private final List<MaskedSequence> children = new ArrayList<>();
  private final List<MaskedSequence> parents = new ArrayList<>();
  private final double[] childSums;
  private final double[] parentSums;
  private final double logForward;
  private final double logBackward;

  private MaskedMoves(List<Double> forward, List<Double> backward) {
    this.childSums = new double[forward.size()];
    this.parentSums = new double[backward.size()];
    this.logForward = accumulate(forward, childSums);
    this.logBackward = accumulate(backward, parentSums);
  }

  /** The moves from a sequence; asks the model once unless the sequence is complete. */
  public static MaskedMoves at(MaskedModel model, MaskedValue value, MaskedSequence state) {
    return at(model, value, state, BackwardWeight.COUNTED);
  }

  /**
   * The moves from a sequence.
   *
   * @param back {@link BackwardWeight#COUNTED}, unless a test wants to see what another does
   */
  static MaskedMoves at(
      MaskedModel model, MaskedValue value, MaskedSequence state, BackwardWeight back) {
    List<MaskedSequence> to = new ArrayList<>();
    List<MaskedSequence> from = new ArrayList<>();
    List<Double> forward = new ArrayList<>();
    List<Double> backward = new ArrayList<>();
    double logMasked = Math.log(state.length() - state.revealed());
    double logValue = value.logValue(state);
    for (int position = 0; position < state.length(); position++) {
      if (!state.isMasked(position)) {
        from.add(state.with(position, MaskedSequence.MASK));
        backward.add(back.log(state, position, logValue));
        continue;
      }
      double[] logProbs = model.logProbs(state, position);
      for (int token = 0; token < logProbs.length; token++) {
        if (logProbs[token] > Double.NEGATIVE_INFINITY) {
          MaskedSequence child = state.with(position, token);
          to.add(child);
          forward.add(logProbs[token] + value.logValue(child) - logMasked);
        }
      }
    }
    var moves = new MaskedMoves(forward, backward);
    moves.children.addAll(to);
    moves.parents.addAll(from);
    return moves;
  }

  /** Fills running sums, scaled by the largest weight; returns the log of the sum. */
  private static double accumulate(List<Double> logWeights, double[] sums) {
    double max = logWeights.stream().mapToDouble(w -> w).max().orElse(Double.NEGATIVE_INFINITY);
    double sum = 0;
    for (int i = 0; i < sums.length; i++) {
      sum += max == Double.NEGATIVE_INFINITY ? 0 : Math.exp(logWeights.get(i) - max);
      sums[i] = sum;
    }
    return max == Double.NEGATIVE_INFINITY ? max : max + Math.log(sum);
  }

  /** The log of the sum of the weights that reveal a token; {@code -inf} if there is none. */
  public double logForward() {
    return logForward;
  }

  /** The log of the sum of the weights that mask a position; {@code -inf} if there is none. */
  public double logBackward() {
    return logBackward;
  }

  /** Draws a sequence with one more token; some weight must be above zero. */
  MaskedSequence drawForward(Chooser chooser) {
    return children.get(chooser.categorical(childSums, 0, childSums.length));
  }

  /** Draws a sequence with one token less; some weight must be above zero. */
  MaskedSequence drawBackward(Chooser chooser) {
    return parents.get(chooser.categorical(parentSums, 0, parentSums.length));
  }

  /** The probability of each sequence that a move which reveals a token leads to. */
  public Map<MaskedSequence, Double> forward() {
    return shares(children, childSums);
  }

  /** The probability of each sequence that a move which masks a position leads to. */
  public Map<MaskedSequence, Double> backward() {
    return shares(parents, parentSums);
  }

  private static Map<MaskedSequence, Double> shares(List<MaskedSequence> to, double[] sums) {
    Map<MaskedSequence, Double> shares = new LinkedHashMap<>();
    double all = sums.length == 0 ? 0 : sums[sums.length - 1];
    double before = 0;
    for (int i = 0; i < sums.length && all > 0; i++) {
      shares.put(to.get(i), (sums[i] - before) / all);
      before = sums[i];
    }
    return shares;
  }
}
