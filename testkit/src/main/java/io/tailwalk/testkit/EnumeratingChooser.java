package io.tailwalk.testkit;

import io.tailwalk.core.random.Chooser;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A chooser that enumerates every outcome, so that the exact distribution of a procedure's result
 * is the sum over all paths. Outcomes of probability zero are skipped.
 */
public final class EnumeratingChooser implements Chooser {
  /** Maximal number of paths; larger procedures cannot be enumerated. */
  private static final int MAX_PATHS = 20_000_000;

  private final int[] script;
  private final Deque<int[]> open;
  private final List<Integer> taken = new ArrayList<>();
  private double probability = 1.0;

  private EnumeratingChooser(int[] script, Deque<int[]> open) {
    this.script = script;
    this.open = open;
  }

  /**
   * The exact distribution of a procedure's result.
   *
   * @param procedure a function of its choices and nothing else; it is run once for each path
   * @return probability of each result (compared with {@code equals}), in the order first seen;
   *     they sum to 1 up to rounding
   * @throws IllegalStateException if the procedure has more than 20 million paths, or is not
   *     deterministic given the choices
   */
  public static <T> Map<T, Double> distribution(Function<Chooser, T> procedure) {
    var distribution = new LinkedHashMap<T, Double>();
    var open = new ArrayDeque<int[]>(List.of(new int[0]));
    for (int paths = 0; !open.isEmpty(); paths++) {
      if (paths == MAX_PATHS) {
        throw new IllegalStateException(
            "the procedure has more than " + MAX_PATHS + " paths; enumerate a smaller one");
      }
      var chooser = new EnumeratingChooser(open.pop(), open);
      T result = procedure.apply(chooser);
      if (chooser.taken.size() < chooser.script.length) {
        throw new IllegalStateException(
            "the procedure made fewer choices when run again: it depends on more than its chooser");
      }
      distribution.merge(result, chooser.probability, Double::sum);
    }
    return distribution;
  }

  @Override
  public boolean bernoulli(double p) {
    double clipped = Math.clamp(p, 0.0, 1.0);
    return choose(new double[] {1 - clipped, clipped}) == 1;
  }

  @Override
  public int categorical(double[] cumulative, int from, int to) {
    double total = cumulative[to - 1];
    if (!(total > 0) || total == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException("running sums must end above 0 and finite, got " + total);
    }
    double[] probabilities = new double[to - from];
    double before = 0;
    for (int i = from; i < to; i++) {
      if (!(cumulative[i] >= before)) {
        throw new IllegalArgumentException(
            "running sums must not fall: " + cumulative[i] + " at " + i + " after " + before);
      }
      probabilities[i - from] = (cumulative[i] - before) / total;
      before = cumulative[i];
    }
    return from + choose(probabilities);
  }

  /**
   * Follows the script; after its end, selects the first possible outcome and records the others.
   */
  private int choose(double[] probabilities) {
    int at = taken.size();
    int choice = at < script.length ? script[at] : -1;
    if (choice < 0) {
      for (int i = probabilities.length - 1; i >= 0; i--) {
        if (probabilities[i] > 0) {
          if (choice >= 0) {
            open.push(scriptWith(choice));
          }
          choice = i;
        }
      }
    }
    if (choice >= probabilities.length || !(probabilities[choice] > 0)) {
      throw new IllegalStateException(
          "choice "
              + at
              + " was different when run again: the procedure depends on more than its"
              + " chooser");
    }
    taken.add(choice);
    probability *= probabilities[choice];
    return choice;
  }

  private int[] scriptWith(int last) {
    int[] longer = new int[taken.size() + 1];
    for (int i = 0; i < taken.size(); i++) {
      longer[i] = taken.get(i);
    }
    longer[taken.size()] = last;
    return longer;
  }
}
