package io.tailwalk.core.verify;

import java.util.List;

/**
 * A process verifier: an approximate value {@code V(v)} of a prefix, an estimate of {@code
 * E_pi[tau(leaf) | v]} (arXiv 2510.03149). Any positive function is allowed; samplers stay exact as
 * long as the leaves are. {@code V = 0} declares that no completion of the prefix passes: a wrong
 * zero loses the probability of the prefix.
 */
public interface ValueFunction {

  /** {@code V = 1} everywhere. */
  ValueFunction ONE = prefix -> 0.0;

  /**
   * The part of this value whose zeros are proofs that no completion has a reward: masks, grammars
   * and automata provide such proofs; estimates do not. {@link #ONE}, which proves nothing, unless
   * overridden; the value itself if all its zeros are proofs.
   */
  default ValueFunction proof() {
    return ONE;
  }

  /** {@code log V} of a partial response (nats; {@code -inf} is zero; never NaN or +inf). */
  double logValue(Candidate prefix);

  /** {@link #logValue} of each prefix into {@code out}; equal to individual calls. */
  default void logValues(List<Candidate> prefixes, double[] out) {
    for (int i = 0; i < prefixes.size(); i++) {
      out[i] = logValue(prefixes.get(i));
    }
  }

  /** Log-values of every one-token extension of a prefix, for enumerated vocabularies. */
  default ChildScores childLogValues(Candidate prefix) {
    return token -> logValue(prefix.extend(token));
  }

  /** The product with another value, prefix by prefix. */
  default ValueFunction times(ValueFunction other) {
    return new ProductValue(this, other);
  }
}
