package io.tailwalk.sampling.masked;

import java.util.Arrays;
import java.util.stream.Collectors;

/** A sequence of fixed length in which some tokens are masked; immutable. */
public final class MaskedSequence {
  /** The token of a masked position. */
  public static final int MASK = -1;

  private final int[] tokens;
  private final int revealed;

  private MaskedSequence(int[] tokens) {
    this.tokens = tokens;
    this.revealed = (int) Arrays.stream(tokens).filter(token -> token != MASK).count();
  }

  /** A sequence of tokens, {@link #MASK} for masked ones; keeps a copy. */
  public static MaskedSequence of(int... tokens) {
    return new MaskedSequence(tokens.clone());
  }

  /** The sequence in which every position is masked. */
  public static MaskedSequence masked(int length) {
    int[] tokens = new int[length];
    Arrays.fill(tokens, MASK);
    return new MaskedSequence(tokens);
  }

  /** Number of positions. */
  public int length() {
    return tokens.length;
  }

  /** Number of positions that are not masked. */
  public int revealed() {
    return revealed;
  }

  /** Whether no position is masked. */
  public boolean isComplete() {
    return revealed == tokens.length;
  }

  /** The token of a position, or {@link #MASK}. */
  public int token(int position) {
    return tokens[position];
  }

  /** Whether a position is masked. */
  public boolean isMasked(int position) {
    return tokens[position] == MASK;
  }

  /** This sequence with a token, or {@link #MASK}, at a position. */
  public MaskedSequence with(int position, int token) {
    int[] changed = tokens.clone();
    changed[position] = token;
    return new MaskedSequence(changed);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MaskedSequence sequence && Arrays.equals(tokens, sequence.tokens);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(tokens);
  }

  /** The tokens, {@code _} for a masked one. */
  @Override
  public String toString() {
    return Arrays.stream(tokens)
        .mapToObj(token -> token == MASK ? "_" : "" + token)
        .collect(Collectors.joining(" "));
  }
}
