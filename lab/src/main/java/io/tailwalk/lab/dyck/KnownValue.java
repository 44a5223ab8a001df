package io.tailwalk.lab.dyck;

import io.tailwalk.builtin.dyck.DyckLanguage;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.ChildScores;
import io.tailwalk.core.verify.ValueFunction;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;

/** A value that caches its results for all runs of an experiment; the numbers are unchanged. */
final class KnownValue implements ValueFunction {
  private final ValueFunction value;
  private final ConcurrentHashMap<Long, double[]> children = new ConcurrentHashMap<>();

  /** Caches a value that returns equal numbers for a prefix and for a child of its parent. */
  KnownValue(ValueFunction value) {
    this.value = value;
  }

  @Override
  public double logValue(Candidate prefix) {
    int[] tokens = prefix.tokenIds();
    if (tokens.length == 0) {
      return value.logValue(prefix);
    }
    int last = tokens.length - 1;
    Candidate parent =
        Candidate.partial(prefix.prompt(), prefix.vocabulary(), Arrays.copyOf(tokens, last));
    return values(parent)[tokens[last]];
  }

  @Override
  public ChildScores childLogValues(Candidate prefix) {
    double[] values = values(prefix);
    return token -> values[token];
  }

  private double[] values(Candidate parent) {
    int[] tokens = parent.tokenIds();
    return children.computeIfAbsent(
        Keys.of(tokens, tokens.length),
        _ -> {
          ChildScores scores = value.childLogValues(parent);
          double[] values = new double[DyckLanguage.NUM_TOKENS];
          Arrays.setAll(values, scores::logScore);
          return values;
        });
  }
}
