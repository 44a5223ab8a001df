package io.tailwalk.core.tree;

import io.tailwalk.core.random.Chooser;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The exact distribution of what is drawn: every outcome of every choice is taken once. */
final class EnumeratedDraws implements Chooser {
  /** For every choice made so far the indices of positive weight, and which of them is taken. */
  private final List<int[]> options = new ArrayList<>();

  private final List<Integer> taken = new ArrayList<>();
  private int at;
  private double probability;

  private EnumeratedDraws() {}

  /** Probabilities of the results. */
  static <T> Map<T, Double> of(Function<Chooser, T> draw) {
    Map<T, Double> distribution = new LinkedHashMap<>();
    var chooser = new EnumeratedDraws();
    do {
      chooser.at = 0;
      chooser.probability = 1;
      T result = draw.apply(chooser);
      distribution.merge(result, chooser.probability, Double::sum);
    } while (chooser.next());
    return distribution;
  }

  private boolean next() {
    while (!taken.isEmpty() && taken.getLast() == options.getLast().length - 1) {
      taken.removeLast();
      options.removeLast();
    }
    if (taken.isEmpty()) {
      return false;
    }
    taken.add(taken.removeLast() + 1);
    return true;
  }

  @Override
  public boolean bernoulli(double p) {
    throw new UnsupportedOperationException("no coin is tossed here");
  }

  @Override
  public int categorical(double[] cumulative, int from, int to) {
    if (at == taken.size()) {
      options.add(IntStream.range(from, to).filter(i -> weight(cumulative, from, i) > 0).toArray());
      taken.add(0);
    }
    int chosen = options.get(at)[taken.get(at)];
    at++;
    probability *= weight(cumulative, from, chosen) / cumulative[to - 1];
    return chosen;
  }

  private static double weight(double[] cumulative, int from, int index) {
    return cumulative[index] - (index == from ? 0 : cumulative[index - 1]);
  }
}
