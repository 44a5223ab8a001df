package io.tailwalk.values;

import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.ValueFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The proper prefixes of rollouts, one row per visit, so that training steps see them with the
 * model's frequencies; the inputs of equal prefixes are stored once. Prefixes with value zero under
 * a sound gate are omitted: they need no regression.
 */
public final class PrefixTable implements Rows {
  private final RowSource inputs;
  private final List<Integer> places = new ArrayList<>();
  private final List<Float> labels = new ArrayList<>();
  private final List<Integer> lengths = new ArrayList<>();
  private DepthPrior prior = DepthPrior.NONE;

  /**
   * The table of rollouts.
   *
   * @param scale the tilt that a label of 1 represents, above 0
   * @param gate the sound value
   */
  public PrefixTable(
      List<Rollout> rollouts, double scale, ValueFunction gate, PrefixFeatures features) {
    Map<Candidate, Integer> distinct = new LinkedHashMap<>();
    for (Rollout rollout : rollouts) {
      for (Candidate prefix : prefixes(rollout.complete(), gate)) {
        places.add(distinct.computeIfAbsent(prefix, _ -> distinct.size()));
        labels.add((float) (rollout.tau() / scale));
        lengths.add(prefix.tokenIds().length);
      }
    }
    inputs = source(List.copyOf(distinct.keySet()), features);
  }

  /** Writes the inputs of a distinct prefix from an offset on. */
  private interface RowSource {
    void fill(int place, float[] into, int offset);
  }

  /** Inputs of tokens are recomputed each time, because storing them would need too much memory. */
  private static RowSource source(List<Candidate> distinct, PrefixFeatures features) {
    if (features instanceof TokenFeatures tokens) {
      return (place, into, offset) -> tokens.fill(distinct.get(place), into, offset);
    }
    List<float[]> rows = features.of(distinct);
    return (place, into, offset) -> {
      float[] row = rows.get(place);
      System.arraycopy(row, 0, into, offset, row.length);
    };
  }

  /** The non-empty proper prefixes of a response that a sound value leaves alive. */
  static List<Candidate> prefixes(Candidate complete, ValueFunction gate) {
    List<Candidate> prefixes = new ArrayList<>();
    for (int length = 1; length < complete.tokenIds().length; length++) {
      var prefix =
          Candidate.partial(
              complete.prompt(), complete.vocabulary(), Arrays.copyOf(complete.tokenIds(), length));
      if (gate.logValue(prefix) > Double.NEGATIVE_INFINITY) {
        prefixes.add(prefix);
      }
    }
    return prefixes;
  }

  @Override
  public int count() {
    return places.size();
  }

  @Override
  public void fill(int row, float[] into, int offset) {
    inputs.fill(places.get(row), into, offset);
  }

  /** Number of tokens of a row's prefix. */
  int length(int row) {
    return lengths.get(row);
  }

  /** Sets the prior by depth. */
  public void prior(DepthPrior other) {
    prior = other;
  }

  @Override
  public float offset(int row) {
    return (float) prior.logit(lengths.get(row));
  }

  @Override
  public float label(int row) {
    return labels.get(row);
  }
}
