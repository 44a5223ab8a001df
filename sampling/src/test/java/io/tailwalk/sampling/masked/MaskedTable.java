package io.tailwalk.sampling.masked;

import io.tailwalk.core.random.Streams;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * A random joint distribution over few short sequences, a random reward with zeros, and exact
 * values: the mean reward of the completions.
 */
final class MaskedTable implements MaskedModel {
  private final int length;
  private final int alphabet;
  private final Map<MaskedSequence, Double> mass = new HashMap<>();
  private final Map<MaskedSequence, Double> rewarded = new HashMap<>();
  private final List<MaskedSequence> complete = new ArrayList<>();

  MaskedTable(int length, int alphabet, long seed) {
    this.length = length;
    this.alphabet = alphabet;
    RandomGenerator random = Streams.of(seed, length, alphabet);
    for (MaskedSequence state : states()) {
      if (state.isComplete()) {
        complete.add(state);
      }
    }
    double[] weights = complete.stream().mapToDouble(_ -> -Math.log(random.nextDouble())).toArray();
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    for (int i = 0; i < weights.length; i++) {
      boolean passes = i == 0 || random.nextInt(3) > 0;
      add(complete.get(i), weights[i] / sum, passes ? 0.2 + random.nextDouble() : 0);
    }
  }

  private void add(MaskedSequence whole, double probability, double reward) {
    for (MaskedSequence state : states()) {
      boolean fits = true;
      for (int i = 0; i < length; i++) {
        fits &= state.isMasked(i) || state.token(i) == whole.token(i);
      }
      if (fits) {
        mass.merge(state, probability, Double::sum);
        rewarded.merge(state, probability * reward, Double::sum);
      }
    }
  }

  /** All partially masked sequences. */
  List<MaskedSequence> states() {
    List<MaskedSequence> states = new ArrayList<>(List.of(MaskedSequence.masked(length)));
    for (int i = 0; i < length; i++) {
      int position = i;
      List<MaskedSequence> longer = new ArrayList<>(states);
      for (int token = 0; token < alphabet; token++) {
        int revealed = token;
        states.forEach(state -> longer.add(state.with(position, revealed)));
      }
      states = longer;
    }
    return states;
  }

  double mass(MaskedSequence state) {
    return mass.getOrDefault(state, 0.0);
  }

  /** {@code p(y) tau(y)}, normalised. */
  Map<MaskedSequence, Double> target() {
    double z = rewarded.getOrDefault(MaskedSequence.masked(length), 0.0);
    Map<MaskedSequence, Double> target = new HashMap<>();
    complete.forEach(state -> target.put(state, rewarded.getOrDefault(state, 0.0) / z));
    return target;
  }

  /** The exact value. */
  MaskedValue exact() {
    return state -> Math.log(rewarded.getOrDefault(state, 0.0) / mass(state));
  }

  /** The exact value times or divided by a factor, at random, but on complete sequences. */
  MaskedValue wrong(double factor, long seed) {
    MaskedValue exact = exact();
    return state -> {
      boolean more = Streams.of(seed, state.hashCode()).nextBoolean();
      double error = state.isComplete() ? 0 : Math.log(factor) * (more ? 1 : -1);
      return exact.logValue(state) + error;
    };
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public double[] logProbs(MaskedSequence state, int position) {
    double[] logProbs = new double[alphabet];
    for (int token = 0; token < alphabet; token++) {
      logProbs[token] = Math.log(mass(state.with(position, token)) / mass(state));
    }
    return logProbs;
  }
}
