package io.tailwalk.values;

import io.tailwalk.core.verify.Candidate;
import java.util.Arrays;
import java.util.List;

/** Features of the tokens alone, each of which adds 1 to one input; the prompt is not included. */
public sealed interface TokenFeatures extends PrefixFeatures permits OneHot, LetterCounts {

  /** The tokens that have their own inputs, ascending; the others share them. */
  List<Integer> letters();

  /** Tokens of the vocabulary. */
  int vocabularySize();

  /** Whether a token at a position, from 0, changes the inputs. */
  boolean reads(int position);

  /** The input that a token at a position adds to. */
  int input(int position, int token);

  @Override
  default List<float[]> of(List<Candidate> prefixes) {
    return prefixes.stream()
        .map(prefix -> {
          float[] row = new float[width()];
          fill(prefix, row, 0);
          return row;
        })
        .toList();
  }

  /** Writes the inputs of a prefix, all of them, from an offset on. */
  default void fill(Candidate prefix, float[] into, int offset) {
    Arrays.fill(into, offset, offset + width(), 0);
    int[] tokens = prefix.tokenIds();
    for (int i = 0; i < tokens.length && reads(i); i++) {
      into[offset + input(i, tokens[i])]++;
    }
  }
}
