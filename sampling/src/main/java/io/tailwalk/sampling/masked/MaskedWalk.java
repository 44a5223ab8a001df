package io.tailwalk.sampling.masked;

import io.tailwalk.core.random.Chooser;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Value-guided backtracking on masked sequences (MDM-VGB, arXiv 2606.28301): a random walk that
 * reveals a token or masks one again, by the weights of {@link MaskedMoves}. With F the sum of the
 * weights that reveal and B of those that mask, the reversible walk reveals with probability {@code
 * F / (F + B)}; its stationary distribution is proportional to {@code c_k (n-k) p(x) (F + B)}, on
 * complete sequences to {@code p(y) tau(y)}, for any values of the others.
 *
 * <p>With momentum the walk keeps its direction unless the weights make it turn: after a move that
 * reveals, it reveals or turns with weights {@code F : max(B - chi min(B,F), 0)}, after one that
 * masks, it masks or turns with {@code B : max(F - chi min(B,F), 0)}; a walk that turns moves at
 * once. Every edge is then crossed equally often in both directions, in proportion to its weight,
 * so that complete sequences again have {@code p(y) tau(y)}. The rule is that of the code of the
 * paper's authors, which turns without moving; see {@code MomentumKernel} for the walk on a tree.
 *
 * <p>Both walks alternate between even and odd numbers of revealed positions; lazy steps, which
 * stay with probability 1/2, give the distribution at a fixed time a limit.
 */
public final class MaskedWalk {
  private final MaskedModel model;
  private final MaskedValue value;
  private final OptionalDouble chi;
  private final BackwardWeight back;

  /**
   * A place of the walk.
   *
   * @param state the sequence
   * @param fromBelow whether the last move masked a position
   */
  public record Position(MaskedSequence state, boolean fromBelow) {}

  /**
   * A walk.
   *
   * @param chi momentum in [0,1]; empty for the reversible walk
   * @param back {@link BackwardWeight#COUNTED}, unless a test wants to see what another does
   */
  MaskedWalk(MaskedModel model, MaskedValue value, OptionalDouble chi, BackwardWeight back) {
    this.model = model;
    this.value = value;
    this.chi = chi;
    this.back = back;
  }

  /** The reversible walk. */
  public static MaskedWalk reversible(MaskedModel model, MaskedValue value) {
    return new MaskedWalk(model, value, OptionalDouble.empty(), BackwardWeight.COUNTED);
  }

  /**
   * The walk that keeps its direction.
   *
   * @param chi momentum in [0,1]; 1 turns least
   */
  public static MaskedWalk momentum(MaskedModel model, MaskedValue value, double chi) {
    if (!(chi >= 0 && chi <= 1)) {
      throw new IllegalArgumentException("chi must lie in [0, 1], got " + chi);
    }
    return new MaskedWalk(model, value, OptionalDouble.of(chi), BackwardWeight.COUNTED);
  }

  /** Where the walk begins: everything masked. */
  public Position start() {
    return new Position(MaskedSequence.masked(model.length()), true);
  }

  /**
   * One move.
   *
   * @throws IllegalStateException if no move has weight: at the start, if the value is zero after
   *     every token
   */
  public Position step(Position at, Chooser chooser) {
    MaskedMoves moves = MaskedMoves.at(model, value, at.state(), back);
    boolean reveals = chooser.bernoulli(forwardProbability(moves, at));
    return new Position(
        reveals ? moves.drawForward(chooser) : moves.drawBackward(chooser), !reveals);
  }

  /**
   * The probability that the next move reveals a token.
   *
   * @param moves the moves from the sequence of the position
   * @throws IllegalStateException if no move has weight
   */
  public double forwardProbability(MaskedMoves moves, Position at) {
    double logRatio = moves.logForward() - moves.logBackward();
    if (Double.isNaN(logRatio)) {
      throw new IllegalStateException("no move from " + at.state() + " has a weight above zero");
    }
    if (Double.isInfinite(logRatio)) {
      return logRatio > 0 ? 1 : 0;
    }
    double ratio = Math.exp(logRatio);
    if (chi.isEmpty()) {
      return 1 / (1 + 1 / ratio);
    }
    double cancelled = chi.getAsDouble() * Math.min(1, ratio);
    return at.fromBelow()
        ? 1 - 1 / (1 + Math.max(ratio - cancelled, 0))
        : 1 / (1 + Math.max(1 - cancelled, 0) / ratio);
  }

  /**
   * A complete sequence: lazy steps from the start, again from the start until they end on one.
   * Within a given distance of the target if the steps suffice for the walk to mix.
   *
   * @param lazySteps steps of an attempt, each of which stays with probability 1/2; above 0
   * @param attempts limit on the attempts, at least 1
   */
  public MaskedDraw draw(long lazySteps, int attempts, Chooser chooser) {
    long evaluations = 0;
    for (int attempt = 0; attempt < attempts; attempt++) {
      Position at = start();
      for (long step = 0; step < lazySteps; step++) {
        if (chooser.bernoulli(0.5)) {
          evaluations += at.state().isComplete() ? 0 : 1;
          at = step(at, chooser);
        }
      }
      if (at.state().isComplete()) {
        return new MaskedDraw(Optional.of(at.state()), evaluations);
      }
    }
    return new MaskedDraw(Optional.empty(), evaluations);
  }
}
