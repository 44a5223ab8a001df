package io.tailwalk.values;

import java.util.List;
import java.util.stream.IntStream;

/**
 * One input for each letter at each position: 1 where the prefix has that letter there. Unwritten
 * positions are all zero, so the length is included but the prompt is not. Letters are tokens; if
 * some tokens of the vocabulary are not letters, they share an input.
 */
public final class OneHot implements TokenFeatures {
  /** The name in value files. */
  public static final String KIND = "one-hot";

  /** Maximal number of inputs; larger problems need a different kind of features. */
  public static final int MOST_INPUTS = 1 << 16;

  private final Letters letters;
  private final int horizon;

  /**
   * Every token is a letter.
   *
   * @param vocabularySize tokens of the vocabulary
   * @param horizon positions that can be written before a response ends, at least 1
   */
  public OneHot(int vocabularySize, int horizon) {
    this(IntStream.range(0, vocabularySize).boxed().toList(), vocabularySize, horizon);
  }

  /**
   * Some tokens are letters.
   *
   * @param letters the tokens that have their own inputs, ascending
   * @param vocabularySize tokens of the vocabulary
   * @param horizon positions that can be written before a response ends, at least 1
   * @throws IllegalArgumentException if the shape is empty or too large, or letters are not tokens
   */
  public OneHot(List<Integer> letters, int vocabularySize, int horizon) {
    this.letters = new Letters(letters, vocabularySize);
    this.horizon = horizon;
    if (horizon < 1 || !fits(this.letters.places(), horizon)) {
      throw new IllegalArgumentException(
          "one-hot inputs for " + this.letters.places() + " letters at " + horizon + " positions");
    }
  }

  /** Whether the number of inputs is within the limit. */
  public static boolean fits(int letters, int horizon) {
    return (long) letters * horizon <= MOST_INPUTS;
  }

  @Override
  public List<Integer> letters() {
    return letters.tokens();
  }

  @Override
  public int vocabularySize() {
    return letters.vocabularySize();
  }

  /** Positions that can be written before a response ends. */
  public int horizon() {
    return horizon;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public int width() {
    return letters.places() * horizon;
  }

  @Override
  public boolean reads(int position) {
    return position < horizon;
  }

  @Override
  public int input(int position, int token) {
    return position * letters.places() + letters.place(token);
  }
}
