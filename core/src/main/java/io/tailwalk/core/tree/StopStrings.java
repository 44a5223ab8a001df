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
   * The longest end of a text that is the beginning of a stop string, and not all of it: what of
   * the text can matter.
   *
   * @param tail the last {@link #reach} bytes of the text, or all of it
   */
  byte[] begunIn(byte[] tail) {
    for (int from = 0; from < tail.length; from++) {
      for (byte[] stop : stops) {
        int length = tail.length - from;
        if (length < stop.length && Arrays.equals(tail, from, tail.length, stop, 0, length)) {
          return Arrays.copyOfRange(tail, from, tail.length);
        }
      }
    }
    return new byte[0];
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
    int length = tail.length + added.length;
    int first = length;
    for (byte[] stop : stops) {
      first = Math.min(first, indexOf(tail, added, stop));
    }
    return length - first;
  }

  /** Start of a stop string in the concatenated tail and token; their length if there is none. */
  private static int indexOf(byte[] tail, byte[] added, byte[] stop) {
    int length = tail.length + added.length;
    for (int at = 0; at + stop.length <= length; at++) {
      int same = 0;
      while (same < stop.length && byteAt(tail, added, at + same) == stop[same]) {
        same++;
      }
      if (same == stop.length) {
        return at;
      }
    }
    return length;
  }

  private static byte byteAt(byte[] tail, byte[] added, int at) {
    return at < tail.length ? tail[at] : added[at - tail.length];
  }
}
