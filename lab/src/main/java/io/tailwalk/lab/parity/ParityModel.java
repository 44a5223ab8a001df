package io.tailwalk.lab.parity;

import io.tailwalk.builtin.PureModel;
import io.tailwalk.builtin.problem.LetterVocabulary;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelIdentity;
import io.tailwalk.core.model.Prompt;

/**
 * Writes the letters of a {@link ParityTask}: free bits and markers by a fair coin, zeros before
 * each check, and the correct letter at each check.
 */
final class ParityModel extends PureModel {
  private static final LogProbs ZERO = LogProbs.of(new double[] {0, Double.NEGATIVE_INFINITY});
  private static final LogProbs ONE = LogProbs.of(new double[] {Double.NEGATIVE_INFINITY, 0});
  private static final LogProbs COIN = LogProbs.of(new double[] {0, 0});

  private final ParityTask task;

  ParityModel(ParityTask task) {
    super(
        new ModelIdentity("parity", "parity of all bits so far, checked late", task.toString()),
        new LetterVocabulary("01"));
    this.task = task;
  }

  /** No tokens for any text; exact token ids are passed through. */
  @Override
  public int[] encode(Prompt prompt) {
    return prompt instanceof Prompt.Text ? new int[0] : super.encode(prompt);
  }

  @Override
  protected LogProbs distribution(int[] promptTokenIds, int[] prefix) {
    if (task.isChosen(prefix.length)) {
      return COIN;
    }
    return task.told(prefix, prefix.length) == 1 ? ONE : ZERO;
  }
}
