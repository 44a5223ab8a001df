package io.tailwalk.core.tree;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Finds stop strings that a new token completes. */
final class StopStrings {
  private final List<byte[]> stops;
  private final int longest;

  StopStrings(List<String> stop) {
    this.stops = stop.stream().map(s -> s.getBytes(StandardCharsets.UTF_8)).toList();
    this.longest = stops.stream().mapToInt(s -> s.length).max().orElse(0);
  }

  boolean isEmpty() {
    return stops.isEmpty();
  }

  /** How many bytes of the text before the new token can matter. */
  int reach() {
    return Math.max(0, longest - 1);
  }

  /**
   * Bytes from the start of the first stop string found to the end of the text, or 0 if there is
   * none.
   *
   * @param tail the last {@link #reach} bytes of the text before the token, or all of it
   * @param added the token's bytes
   */
  int matchLength(byte[] tail, byte[] added) {
    if (stops.isEmpty() || added.length == 0) {
      return 0;
    }
    byte[] text = Arrays.copyOf(tail, tail.length + added.length);
    System.arraycopy(added, 0, text, tail.length, added.length);
    int first = text.length;
    for (byte[] stop : stops) {
      first = Math.min(first, indexOf(text, stop));
    }
    return text.length - first;
  }

  private static int indexOf(byte[] text, byte[] stop) {
    for (int at = 0; at + stop.length <= text.length; at++) {
      if (Arrays.equals(text, at, at + stop.length, stop, 0, stop.length)) {
        return at;
      }
    }
    return text.length;
  }
}
