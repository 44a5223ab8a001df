package io.tailwalk.records;

import java.util.List;

/**
 * A text and the tokens that make it up.
 *
 * @param text as a reader sees it
 * @param tokenIds as the model saw it; empty where they are not known
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
