package io.tailwalk.train.value;

import io.tailwalk.core.verify.Candidate;
import java.util.List;

/**
 * One input for each token at each position: 1 where the prefix has that token there. Positions not
 * yet written are all zero, so the length shows too; the prompt does not.
 *
 * @param vocabularySize tokens of the vocabulary
 * @param horizon positions that can be written before a response ends, at least 1
 */
public record OneHot(int vocabularySize, int horizon) implements PrefixFeatures {
  /** The name in value files. */
  public static final String KIND = "one-hot";

  /** More inputs than this want another kind of features. */
  public static final int MOST_INPUTS = 1 << 16;

  /** Refuses shapes that are empty or too large. */
  public OneHot {
    if (vocabularySize < 1 || horizon < 1 || !fits(vocabularySize, horizon)) {
      throw new IllegalArgumentException(
          "one-hot inputs for " + vocabularySize + " tokens at " + horizon + " positions");
    }
  }

  /** Whether the inputs are few enough. */
  public static boolean fits(int vocabularySize, int horizon) {
    return (long) vocabularySize * horizon <= MOST_INPUTS;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public int width() {
    return vocabularySize * horizon;
  }

  /** The input that a token at a position sets. */
  int input(int position, int token) {
    return position * vocabularySize + token;
  }

  @Override
  public List<float[]> of(List<Candidate> prefixes) {
    return prefixes.stream().map(this::row).toList();
  }

  private float[] row(Candidate prefix) {
    float[] row = new float[width()];
    int[] tokens = prefix.tokenIds();
    for (int i = 0; i < Math.min(tokens.length, horizon); i++) {
      row[input(i, tokens[i])] = 1;
    }
    return row;
  }
}
