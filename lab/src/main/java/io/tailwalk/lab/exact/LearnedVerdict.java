package io.tailwalk.lab.exact;

import io.tailwalk.lab.Conditions;
import io.tailwalk.lab.Measured;
import io.tailwalk.lab.Verdict;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Whether learned values behave as in the paper: every sampler that corrects errors is closer to
 * the target than action-level sampling, and action-level sampling is farther from the target with
 * fewer rollouts and with longer responses. The distributions of the walks and of descents are
 * computed exactly, so every cell is judged, including those with a handful of passing rollouts.
 * Comparisons are of means of log divergences over the values, by two standard errors.
 */
final class LearnedVerdict {
  private static final String ACTION = Entrant.ACTION_LEVEL;

  /** Standard errors by which logarithms of divergences must differ. */
  private static final double CLEAR = 2;

  private LearnedVerdict() {}

  static Verdict of(List<LearnedCell> cells) {
    var conditions = new Conditions();
    for (LearnedCell cell : cells) {
      StringBuilder others = new StringBuilder();
      for (String sampler : cell.divergences().keySet()) {
        if (sampler.equals(ACTION)) {
          continue;
        }
        others.append(String.format(Locale.ROOT, ", %s %.4f", sampler, cell.mean(sampler)));
        conditions.failUnless(
            isLower(cell, sampler),
            "fails in %s: %s is not closer to the target than %s by two standard errors",
            cell.name(),
            sampler,
            ACTION);
      }
      conditions.found(
          "%s, of which %.0f are expected to pass: divergence of %s %.4f%s",
          cell.name(), cell.expectedSuccesses(), ACTION, cell.mean(ACTION), others);
    }
    order(conditions, cells);
    return conditions.failuresLast();
  }

  private static void order(Conditions conditions, List<LearnedCell> cells) {
    for (LearnedCell cell : cells) {
      cells.stream()
          .filter(other -> other.length() == cell.length())
          .min(Comparator.comparingInt(LearnedCell::rollouts))
          .filter(_ -> isLast(cells, cell))
          .ifPresent(fewest -> further(conditions, fewest, cell));
      cells.stream()
          .filter(other -> other.rollouts() == cell.rollouts())
          .min(Comparator.comparingInt(LearnedCell::length))
          .filter(_ -> isLongest(cells, cell))
          .ifPresent(shortest -> further(conditions, cell, shortest));
    }
  }

  private static void further(Conditions conditions, LearnedCell one, LearnedCell other) {
    conditions.failUnless(
        isFarther(one, other),
        "fails: the divergence at %s is not larger than at %s by two standard errors",
        one.name(),
        other.name());
  }

  /** Paired by value. */
  private static boolean isLower(LearnedCell cell, String sampler) {
    double[] action = cell.logs(ACTION);
    double[] ours = cell.logs(sampler);
    double[] differences = new double[ours.length];
    Arrays.setAll(differences, value -> action[value] - ours[value]);
    Measured difference = Measured.of(differences);
    return difference.value() > CLEAR * difference.standardError();
  }

  /** Between independent values. */
  private static boolean isFarther(LearnedCell one, LearnedCell other) {
    Measured far = Measured.of(one.logs(ACTION));
    Measured near = Measured.of(other.logs(ACTION));
    double error = Math.hypot(far.standardError(), near.standardError());
    return far.value() - near.value() > CLEAR * error;
  }

  private static boolean isLast(List<LearnedCell> cells, LearnedCell cell) {
    int most = cells.stream().mapToInt(LearnedCell::rollouts).max().orElse(0);
    int fewest = cells.stream().mapToInt(LearnedCell::rollouts).min().orElse(0);
    return cell.rollouts() == most && most > fewest;
  }

  private static boolean isLongest(List<LearnedCell> cells, LearnedCell cell) {
    int longest = cells.stream().mapToInt(LearnedCell::length).max().orElse(0);
    int shortest = cells.stream().mapToInt(LearnedCell::length).min().orElse(0);
    return cell.length() == longest && longest > shortest;
  }
}
