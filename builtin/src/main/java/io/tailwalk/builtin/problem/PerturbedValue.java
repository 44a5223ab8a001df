package io.tailwalk.builtin.problem;

import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.ChildScores;
import io.tailwalk.core.verify.ValueFunction;
import java.util.Arrays;

/**
 * An exact value times an error. Zeros stay zeros, and responses of full length stay exact.
 *
 * @param exact the value without error
 * @param error the error
 * @param horizon H: prefixes of this length are leaves
 */
public record PerturbedValue(ValueFunction exact, PrefixError error, int horizon)
    implements ValueFunction {

  /** Zeros stay zeros. */
  @Override
  public ValueFunction proof() {
    return exact.proof().equals(exact) ? this : exact.proof();
  }

  @Override
  public double logValue(Candidate prefix) {
    int[] tokenIds = prefix.tokenIds();
    return perturbed(exact.logValue(prefix), tokenIds, tokenIds.length);
  }

  @Override
  public ChildScores childLogValues(Candidate prefix) {
    ChildScores exactScores = exact.childLogValues(prefix);
    int length = prefix.tokenIds().length + 1;
    int[] child = Arrays.copyOf(prefix.tokenIds(), length);
    return token -> {
      child[length - 1] = token;
      return perturbed(exactScores.logScore(token), child, length);
    };
  }

  private double perturbed(double logValue, int[] tokenIds, int length) {
    boolean exactHere = logValue == Double.NEGATIVE_INFINITY || length == horizon;
    return exactHere ? logValue : logValue + error.logError(tokenIds, length);
  }
}
