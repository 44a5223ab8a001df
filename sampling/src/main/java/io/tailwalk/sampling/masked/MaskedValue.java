package io.tailwalk.sampling.masked;

/**
 * A value of partially masked sequences: an estimate of the mean reward {@code E[tau]} of the
 * model's completions. On complete sequences it must be the reward itself.
 */
@FunctionalInterface
public interface MaskedValue {
  /** Knows nothing: 1 on every sequence. */
  MaskedValue ONE = _ -> 0;

  /**
   * The log of the value.
   *
   * @return nats, below infinity; {@code -inf} if no completion has a reward
   */
  double logValue(MaskedSequence state);
}
