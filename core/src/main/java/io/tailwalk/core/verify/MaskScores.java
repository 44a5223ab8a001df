package io.tailwalk.core.verify;

import java.util.Arrays;

/**
 * Scores of a mask: 0 for its tokens, {@code -inf} for others.
 *
 * @param mask tokens as bits; those behind its end are not in it
 */
@SuppressWarnings("ArrayRecordComponent") // read only, and never compared
record MaskScores(long[] mask) implements ChildScores {
  @Override
  public double logScore(int token) {
    int word = token >>> 6;
    boolean in = word < mask.length && (mask[word] >>> token & 1) != 0;
    return in ? 0.0 : Double.NEGATIVE_INFINITY;
  }

  @Override
  public void logScores(double[] out) {
    Arrays.fill(out, Double.NEGATIVE_INFINITY);
    for (int word = 0; word < mask.length; word++) {
      for (long left = mask[word]; left != 0; left &= left - 1) {
        out[(word << 6) + Long.numberOfTrailingZeros(left)] = 0.0;
      }
    }
  }
}
