package io.tailwalk.values;

import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.ChildScores;
import io.tailwalk.core.verify.ValueFunction;
import java.util.ArrayList;
import java.util.List;

/**
 * A value that is zero if a sound gate is zero, and another value otherwise; the other value is
 * evaluated only then.
 *
 * @param gate a verifier's own value of prefixes, zero only if no completion can pass
 * @param value evaluated if the gate is not zero
 */
public record GatedValue(ValueFunction gate, ValueFunction value) implements ValueFunction {
  private static final double ZERO = Double.NEGATIVE_INFINITY;

  /** The proof of the gate; a zero of the other value is only an estimate. */
  @Override
  public ValueFunction proof() {
    return gate.proof();
  }

  @Override
  public double logValue(Candidate prefix) {
    return gate.logValue(prefix) == ZERO ? ZERO : value.logValue(prefix);
  }

  @Override
  public void logValues(List<Candidate> prefixes, double[] out) {
    gate.logValues(prefixes, out);
    List<Candidate> alive = new ArrayList<>();
    for (int i = 0; i < prefixes.size(); i++) {
      if (out[i] != ZERO) {
        alive.add(prefixes.get(i));
      }
    }
    double[] values = new double[alive.size()];
    value.logValues(alive, values);
    int next = 0;
    for (int i = 0; i < prefixes.size(); i++) {
      out[i] = out[i] == ZERO ? ZERO : values[next++];
    }
  }

  @Override
  public ChildScores childLogValues(Candidate prefix) {
    ChildScores gates = gate.childLogValues(prefix);
    ChildScores values = value.childLogValues(prefix);
    return token -> gates.logScore(token) == ZERO ? ZERO : values.logScore(token);
  }
}
