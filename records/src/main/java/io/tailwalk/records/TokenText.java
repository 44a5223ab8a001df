package io.tailwalk.records;

import java.util.List;

/**
 * A text and its tokens.
 *
 * @param text the readable text
 * @param tokenIds the tokens of the model; empty if unknown
 */
public record TokenText(String text, List<Integer> tokenIds) {
  /** Copies the ids and refuses negative ones. */
  public TokenText {
    tokenIds = List.copyOf(tokenIds);
    for (int id : tokenIds) {
      if (id < 0) {
        throw new IllegalArgumentException("token id " + id + " is negative");
      }
    }
  }
}
