package io.tailwalk.lab.bound;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What became of every inequality that was checked. */
final class Tally {
  /** What rounding may do to sums of probabilities. */
  static final double ROUNDING = 1e-10;

  private final Map<Bound, Count> counts = new EnumMap<>(Bound.class);

  /** Of one bound. */
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

    /** How many did not hold. */
    long violations() {
      return violations;
    }

    /** Largest left minus right; below 0 where all hold with room. */
    double worst() {
      return worst;
    }

    /** Where that was. */
    String worstWhere() {
      return worstWhere;
    }

    /** Left over right where the bound says something, ascending. */
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

  /** Adds all that another counted. */
  void add(Tally other) {
    other.counts.forEach((bound, count) -> count(bound).add(count));
  }

  Count count(Bound bound) {
    return counts.computeIfAbsent(bound, _ -> new Count());
  }
}
