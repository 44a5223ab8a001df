package io.tailwalk.builtin.problem;

import io.tailwalk.builtin.PureModel;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelIdentity;
import io.tailwalk.core.model.Prompt;
import java.util.Arrays;

/**
 * Letters drawn independently from one distribution, without end: responses end at the length
 * limit. The text of a prompt has no effect.
 */
public final class LetterModel extends PureModel {
  private static final double SUM_TOLERANCE = 1e-9;

  private final LogProbs distribution;

  /**
   * With the given probabilities.
   *
   * @param name the model's name
   * @param alphabet one ASCII character per letter
   * @param probabilities of each letter, in the same order; they sum to 1
   * @throws IllegalArgumentException if the probabilities are not a distribution on the alphabet
   */
  public LetterModel(String name, String alphabet, double... probabilities) {
    super(
        new ModelIdentity(
            name,
            "independent letters of \"" + alphabet + "\"",
            alphabet + Arrays.toString(probabilities)),
        new LetterVocabulary(alphabet));
    double sum = Arrays.stream(probabilities).sum();
    boolean negative = Arrays.stream(probabilities).anyMatch(p -> !(p >= 0));
    if (probabilities.length != alphabet.length()
        || negative
        || !(Math.abs(sum - 1) <= SUM_TOLERANCE)) {
      throw new IllegalArgumentException(
          "the letters \""
              + alphabet
              + "\" need the same number of probabilities, with sum 1, got "
              + Arrays.toString(probabilities));
    }
    this.distribution = LogProbs.of(Arrays.stream(probabilities).map(Math::log).toArray());
  }

  /** All letters equally probable. */
  public static LetterModel uniform(String name, String alphabet) {
    double[] probabilities = new double[alphabet.length()];
    Arrays.fill(probabilities, 1.0 / probabilities.length);
    return new LetterModel(name, alphabet, probabilities);
  }

  /** No tokens for any text; exact token ids are passed through. */
  @Override
  public int[] encode(Prompt prompt) {
    return prompt instanceof Prompt.Text ? new int[0] : super.encode(prompt);
  }

  @Override
  protected LogProbs distribution(int[] promptTokenIds, int[] prefix) {
    return distribution;
  }
}
