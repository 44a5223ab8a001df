package io.tailwalk.values;

import java.util.Arrays;
import java.util.List;

/**
 * Tokens that have their own inputs. If some tokens of the vocabulary are not letters, they share
 * one place.
 */
final class Letters {
  private final List<Integer> tokens;
  private final int[] placeOf;
  private final int places;

  /**
   * Some tokens of a vocabulary.
   *
   * @param tokens ascending
   * @throws IllegalArgumentException if there are none, or they are not tokens
   */
  Letters(List<Integer> tokens, int vocabularySize) {
    if (vocabularySize < 1) {
      throw new IllegalArgumentException("a vocabulary of " + vocabularySize + " tokens");
    }
    this.tokens = List.copyOf(tokens);
    this.places = tokens.size() + (tokens.size() < vocabularySize ? 1 : 0);
    this.placeOf = new int[vocabularySize];
    Arrays.fill(placeOf, tokens.size());
    int before = -1;
    for (int i = 0; i < tokens.size(); i++) {
      int token = tokens.get(i);
      if (token <= before || token >= vocabularySize) {
        throw new IllegalArgumentException(
            "letters must be ascending tokens below " + vocabularySize + ", got " + tokens);
      }
      placeOf[token] = i;
      before = token;
    }
  }

  /** Ascending. */
  List<Integer> tokens() {
    return tokens;
  }

  int vocabularySize() {
    return placeOf.length;
  }

  /** The number of places, including that of all other tokens. */
  int places() {
    return places;
  }

  /** The place of a token, from 0. */
  int place(int token) {
    return placeOf[token];
  }
}
