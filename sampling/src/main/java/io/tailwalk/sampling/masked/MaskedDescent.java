package io.tailwalk.sampling.masked;

import io.tailwalk.core.random.Chooser;
import java.util.Optional;

/**
 * Reveals tokens one by one, without backtracking: each move goes to {@code y} in proportion to
 * {@code p_i(a|x) V(y)} over all masked positions i and tokens a. With {@link MaskedValue#ONE} it
 * draws from the model, in a uniformly random order; with another value it is action-level
 * sampling, whose errors add up along the way.
 *
 * @param model the model
 * @param value the value that guides it
 */
public record MaskedDescent(MaskedModel model, MaskedValue value) {

  /** One descent; it ends early where no move has weight. */
  public MaskedDraw draw(Chooser chooser) {
    MaskedSequence state = MaskedSequence.masked(model.length());
    long evaluations = 0;
    while (!state.isComplete()) {
      MaskedMoves moves = MaskedMoves.at(model, value, state);
      evaluations++;
      if (moves.logForward() == Double.NEGATIVE_INFINITY) {
        return new MaskedDraw(Optional.empty(), evaluations);
      }
      state = moves.drawForward(chooser);
    }
    return new MaskedDraw(Optional.of(state), evaluations);
  }

  /**
   * The sequence with the highest reward of several descents, the first of equal ones.
   *
   * @param reward the reward of complete sequences
   * @param count number of descents, at least 1
   */
  public MaskedDraw best(MaskedValue reward, int count, Chooser chooser) {
    Optional<MaskedSequence> best = Optional.empty();
    double most = Double.NEGATIVE_INFINITY;
    long evaluations = 0;
    for (int i = 0; i < count; i++) {
      MaskedDraw draw = draw(chooser);
      evaluations += draw.evaluations();
      if (draw.sequence().isPresent()) {
        double logReward = reward.logValue(draw.sequence().get());
        if (best.isEmpty() || logReward > most) {
          best = draw.sequence();
          most = logReward;
        }
      }
    }
    return new MaskedDraw(best, evaluations);
  }
}
