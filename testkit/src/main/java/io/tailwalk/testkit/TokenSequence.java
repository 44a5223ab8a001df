package io.tailwalk.testkit;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Token ids as a key of maps and results.
 *
 * @param tokenIds the ids
 */
public record TokenSequence(List<Integer> tokenIds) {
  /** Keeps an immutable copy. */
  public TokenSequence {
    tokenIds = List.copyOf(tokenIds);
  }

  /** From an array. */
  public static TokenSequence of(int... tokenIds) {
    return new TokenSequence(Arrays.stream(tokenIds).boxed().toList());
  }

  /** As an array. */
  public int[] toArray() {
    return tokenIds.stream().mapToInt(Integer::intValue).toArray();
  }

  @Override
  public String toString() {
    return tokenIds.stream().map(String::valueOf).collect(Collectors.joining(" ", "<", ">"));
  }
}
