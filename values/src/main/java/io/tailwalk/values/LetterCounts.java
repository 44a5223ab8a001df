package io.tailwalk.values;

import java.util.List;

/**
 * One input for each letter: its count in the prefix. The effect of a letter is learnt once for all
 * positions, so that fewer rollouts suffice than for {@link OneHot} if order does not matter.
 */
public final class LetterCounts implements TokenFeatures {
  /** The name in value files. */
  public static final String KIND = "counts";

  private final Letters letters;

  /**
   * Some tokens are letters; the others share an input.
   *
   * @param letters the tokens that have their own inputs, ascending
   * @param vocabularySize tokens of the vocabulary
   * @throws IllegalArgumentException if letters are not tokens
   */
  public LetterCounts(List<Integer> letters, int vocabularySize) {
    this.letters = new Letters(letters, vocabularySize);
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public List<Integer> letters() {
    return letters.tokens();
  }

  @Override
  public int vocabularySize() {
    return letters.vocabularySize();
  }

  @Override
  public int width() {
    return letters.places();
  }

  @Override
  public boolean reads(int position) {
    return true;
  }

  @Override
  public int input(int position, int token) {
    return letters.place(token);
  }
}
