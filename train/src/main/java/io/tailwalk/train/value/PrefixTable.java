package io.tailwalk.train.value;

import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.ValueFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The proper prefixes of rollouts, each once, with how often it was passed and the mean label
 * there. Prefixes that a sound value already gives zero are left out: they need no regression.
 */
final class PrefixTable implements Rows {
  private final List<Candidate> prefixes = new ArrayList<>();
  private final List<Double> counts = new ArrayList<>();
  private final List<Double> sums = new ArrayList<>();
  private final List<float[]> rows = new ArrayList<>();
  private final double scale;

  /**
   * Of rollouts.
   *
   * @param scale the tilt that a label of 1 stands for, above 0
   * @param gate the sound value
   */
  PrefixTable(List<Rollout> rollouts, double scale, ValueFunction gate, PrefixFeatures features) {
    this.scale = scale;
    Map<Candidate, Integer> places = new LinkedHashMap<>();
    for (Rollout rollout : rollouts) {
      for (Candidate prefix : prefixes(rollout.complete(), gate)) {
        int place = places.computeIfAbsent(prefix, this::append);
        counts.set(place, counts.get(place) + 1);
        sums.set(place, sums.get(place) + rollout.tau());
      }
    }
    rows.addAll(features.of(prefixes));
  }

  private int append(Candidate prefix) {
    prefixes.add(prefix);
    counts.add(0.0);
    sums.add(0.0);
    return prefixes.size() - 1;
  }

  /** The proper prefixes of a response that a sound value leaves alive, the empty one apart. */
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
    return prefixes.size();
  }

  @Override
  public void fill(int row, float[] into, int offset) {
    float[] values = rows.get(row);
    System.arraycopy(values, 0, into, offset, values.length);
  }

  @Override
  public float label(int row) {
    return (float) (sums.get(row) / counts.get(row) / scale);
  }

  @Override
  public float weight(int row) {
    return counts.get(row).floatValue();
  }
}
