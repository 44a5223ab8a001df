package io.tailwalk.lab.bound;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The results of all checked inequalities. */
final class Tally {
  /** Rounding error allowed in sums of probabilities. */
  static final double ROUNDING = 1e-10;

  private final Map<Bound, Count> counts = new EnumMap<>(Bound.class);

  /** The results of one bound. */
  static final class Count {
    private long checks;
    private long violations;
    private double worst = Double.NEGATIVE_INFINITY;
    private String worstWhere = "";
    private final List<double[]> ratios = new ArrayList<>();
    private double[] open = new double[16];
    private int used;

    /** Inequalities checked. */
    long checks() {
      return checks;
    }

    /** Number of violated inequalities. */
    long violations() {
      return violations;
    }

    /** Largest left minus right side; below 0 if all inequalities are strict. */
    double worst() {
      return worst;
    }

    /** The problem and parameters of the largest difference. */
    String worstWhere() {
      return worstWhere;
    }

    /** Left over right side of the informative checks, ascending. */
    double[] ratios() {
      double[] all = Arrays.copyOf(open, used);
      for (double[] more : ratios) {
        int from = all.length;
        all = Arrays.copyOf(all, from + more.length);
        System.arraycopy(more, 0, all, from, more.length);
      }
      Arrays.sort(all);
      return all;
    }

    private void add(double left, double right, boolean telling, String where) {
      checks++;
      if (!(left <= right + ROUNDING)) {
        violations++;
      }
      if (!(left - right <= worst)) {
        worst = left - right;
        worstWhere = where;
      }
      if (telling) {
        if (used == open.length) {
          open = Arrays.copyOf(open, 2 * used);
        }
        open[used++] = left / right;
      }
    }

    private void add(Count other) {
      checks += other.checks;
      violations += other.violations;
      if (other.worst > worst) {
        worst = other.worst;
        worstWhere = other.worstWhere;
      }
      ratios.add(other.ratios());
    }
  }

  /** Checks {@code left <= right}. */
  void check(Bound bound, double left, double right, String where) {
    count(bound).add(left, right, bound.saysSomething(left, right), where);
  }

  /** Adds the counts of another tally. */
  void add(Tally other) {
    other.counts.forEach((bound, count) -> count(bound).add(count));
  }

  Count count(Bound bound) {
    return counts.computeIfAbsent(bound, _ -> new Count());
  }
}
