package io.tailwalk.core.verify;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An outcome verifier: the tilt {@code tau(leaf) >= 0} of complete responses, in logs. A pass/fail
 * check has {@code tau} in {0, 1}; a reward {@code r} at inverse temperature {@code 1/beta} has
 * {@code log tau = r/beta}.
 */
public interface Verifier extends AutoCloseable {

  /** The specification of the verifier, for example {@code avoid:e}. */
  String name();

  /**
   * What the verdicts depend on besides the name, such as the files that a specification names: a
   * noun phrase for each part, for example {@code verifier's file tests.py}, with the SHA-256 of
   * its content. An interrupted run is resumed only if all of them are the same.
   */
  default Map<String, String> sources() {
    return Map.of();
  }

  /**
   * {@code log tau} of a complete response (nats; {@code -inf} is rejection; never NaN or +inf).
   */
  double logReward(Candidate complete);

  /** {@link #logReward} of each response into {@code out}; equal to individual calls. */
  default void logRewards(List<Candidate> complete, double[] out) {
    for (int i = 0; i < complete.size(); i++) {
      out[i] = logReward(complete.get(i));
    }
  }

  /** Log-rewards of every one-token extension that completes the response for the given reason. */
  default ChildScores childLogRewards(Candidate prefix, FinishReason reason) {
    return token -> logReward(prefix.extend(token).complete(reason));
  }

  /**
   * The reason why a complete response fails, in one line; empty if it passes or if no reason is
   * known. May evaluate the response again.
   */
  default Optional<String> reason(Candidate complete) {
    return Optional.empty();
  }

  /**
   * Log of a bound on {@code tau} over all complete responses; {@code +inf} if none is known. A
   * check that passes or fails has 0, so that no success probability can be above 1.
   */
  default double logRewardBound() {
    return Double.POSITIVE_INFINITY;
  }

  /**
   * Whether every reward is either 0 or {@code exp(logRewardBound())}. Only a verifier that
   * guarantees it returns true, because intervals of a proportion rely on it.
   */
  default boolean passesOrFails() {
    return false;
  }

  /**
   * A sound value of prefixes: zero only if no completion can pass. {@code V = 1} unless
   * overridden.
   */
  default ValueFunction prefixValue() {
    return ValueFunction.ONE;
  }

  /**
   * Whether verdicts and prefix values of all one-token extensions of a prefix cost about the same
   * as one, so that enumerating a complete vocabulary is cheap.
   */
  default boolean masksVocabulary() {
    return false;
  }

  /**
   * The automata of a verifier that passes a response exactly if all of them accept its text, so
   * that samplers can look ahead; empty for other verifiers.
   */
  default List<ByteAutomaton> automata() {
    return List.of();
  }

  /** Releases the verifier's resources, for example an external process. */
  @Override
  default void close() {}
}
