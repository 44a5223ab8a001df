package io.tailwalk.train.value;

import io.tailwalk.core.verify.Candidate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One input for each letter at each position: 1 where the prefix has that letter there. Positions
 * not yet written are all zero, so the length shows too; the prompt does not. Letters are tokens;
 * where not every token of the vocabulary is one, the others share an input.
 */
public final class OneHot implements PrefixFeatures {
  /** The name in value files. */
  public static final String KIND = "one-hot";

  /** More inputs than this want another kind of features. */
  public static final int MOST_INPUTS = 1 << 16;

  private final List<Integer> letters;
  private final int horizon;
  private final int[] placeOf;
  private final int places;

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
   * @param letters the tokens that have inputs of their own, ascending
   * @param vocabularySize tokens of the vocabulary
   * @param horizon positions that can be written before a response ends, at least 1
   * @throws IllegalArgumentException if the shape is empty or too large, or letters are no tokens
   */
  public OneHot(List<Integer> letters, int vocabularySize, int horizon) {
    this.letters = List.copyOf(letters);
    this.horizon = horizon;
    this.places = letters.size() + (letters.size() < vocabularySize ? 1 : 0);
    if (vocabularySize < 1 || horizon < 1 || !fits(places, horizon)) {
      throw new IllegalArgumentException(
          "one-hot inputs for " + places + " letters at " + horizon + " positions");
    }
    this.placeOf = new int[vocabularySize];
    Arrays.fill(placeOf, letters.size());
    int before = -1;
    for (int i = 0; i < letters.size(); i++) {
      int letter = letters.get(i);
      if (letter <= before || letter >= vocabularySize) {
        throw new IllegalArgumentException(
            "letters must be ascending tokens below " + vocabularySize + ", got " + letters);
      }
      placeOf[letter] = i;
      before = letter;
    }
  }

  /** Whether the inputs are few enough. */
  public static boolean fits(int letters, int horizon) {
    return (long) letters * horizon <= MOST_INPUTS;
  }

  /** The tokens that have inputs of their own, ascending. */
  public List<Integer> letters() {
    return letters;
  }

  /** Tokens of the vocabulary. */
  public int vocabularySize() {
    return placeOf.length;
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
    return places * horizon;
  }

  /** The input that a token at a position sets. */
  int input(int position, int token) {
    return position * places + placeOf[token];
  }

  @Override
  public List<float[]> of(List<Candidate> prefixes) {
    return prefixes.stream().map(this::row).toList();
  }

  private float[] row(Candidate prefix) {
    float[] row = new float[width()];
    fill(prefix, row, 0);
    return row;
  }

  /** Writes the inputs of a prefix, all of them, from an offset on. */
  void fill(Candidate prefix, float[] into, int offset) {
    Arrays.fill(into, offset, offset + width(), 0);
    int[] tokens = prefix.tokenIds();
    for (int i = 0; i < Math.min(tokens.length, horizon); i++) {
      into[offset + input(i, tokens[i])] = 1;
    }
  }
}
