package io.tailwalk.builtin.dyck;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Balanced strings of two kinds of brackets: fixed length, bounded depth.
 *
 * @param length H, the number of brackets; even, at least 2
 * @param maxDepth maximal number of open brackets; at least 1
 */
public record DyckLanguage(int length, int maxDepth) {
  /** Round opening bracket. */
  public static final int OPEN_ROUND = 0;

  /** Round closing bracket. */
  public static final int CLOSE_ROUND = 1;

  /** Square opening bracket. */
  public static final int OPEN_SQUARE = 2;

  /** Square closing bracket. */
  public static final int CLOSE_SQUARE = 3;

  /** The brackets, in the order of their token ids. */
  public static final String ALPHABET = "()[]";

  /** Number of tokens. */
  public static final int NUM_TOKENS = 4;

  /** Refuses lengths without a balanced string. */
  public DyckLanguage {
    if (length < 2 || length % 2 != 0) {
      throw new IllegalArgumentException(
          "the length of a Dyck string must be even and at least 2, got " + length);
    }
    if (maxDepth < 1) {
      throw new IllegalArgumentException("the depth must be at least 1, got " + maxDepth);
    }
  }

  /** Without a bound on depth. */
  public static DyckLanguage ofLength(int length) {
    return new DyckLanguage(length, length);
  }

  /** Whether a token opens. */
  public static boolean opens(int token) {
    return token == OPEN_ROUND || token == OPEN_SQUARE;
  }

  /** The closing bracket of an opening one. */
  public static int closing(int open) {
    return open + 1;
  }

  /**
   * The brackets that are open after the first {@code count} tokens, outermost first; null if no
   * balanced string begins with them.
   */
  int @Nullable [] stackAfter(int[] tokens, int count) {
    int[] stack = new int[Math.min(maxDepth, length)];
    int depth = 0;
    for (int i = 0; i < count; i++) {
      int token = tokens[i];
      if (opens(token)) {
        if (depth == stack.length) {
          return null;
        }
        stack[depth++] = token;
      } else if (depth == 0 || closing(stack[--depth]) != token) {
        return null;
      }
    }
    return depth > length - count ? null : Arrays.copyOf(stack, depth);
  }

  /** Whether a response is a balanced string of this language. */
  public boolean contains(int[] tokens) {
    int[] stack = stackAfter(tokens, tokens.length);
    return tokens.length == length && stack != null && stack.length == 0;
  }
}
