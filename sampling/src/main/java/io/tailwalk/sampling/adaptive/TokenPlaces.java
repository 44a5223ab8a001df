package io.tailwalk.sampling.adaptive;

import java.util.Arrays;
import java.util.List;

/** Tokens with their own indicator in a regression, numbered from 0. */
final class TokenPlaces {
  private final int[] places;
  private final int[] tokens;
  private final int[] likely;
  private final int[] sorted;

  /** In the order given, each token once. */
  TokenPlaces(List<Integer> tokens) {
    this(tokens, tokens);
  }

  /**
   * In the order given, each token once.
   *
   * @param likely tokens that may have a place in a later fit, those with one now included
   */
  TokenPlaces(List<Integer> tokens, List<Integer> likely) {
    this.likely = likely.stream().mapToInt(Integer::intValue).toArray();
    places = new int[1 + tokens.stream().mapToInt(Integer::intValue).max().orElse(-1)];
    Arrays.fill(places, -1);
    this.tokens = tokens.stream().mapToInt(Integer::intValue).toArray();
    for (int place = 0; place < this.tokens.length; place++) {
      places[this.tokens[place]] = place;
    }
    sorted = this.tokens.clone();
    Arrays.sort(sorted);
  }

  /** The place of a token; -1 if it has none. */
  int of(int token) {
    return token >= 0 && token < places.length ? places[token] : -1;
  }

  int count() {
    return tokens.length;
  }

  /** Tokens that may have a place in a later fit too; shared, not to be changed. */
  int[] likely() {
    return likely;
  }

  /** The tokens in increasing order; shared, not to be changed. */
  int[] sorted() {
    return sorted;
  }

  /** The tokens by their places; shared, not to be changed. */
  int[] tokens() {
    return tokens;
  }
}
