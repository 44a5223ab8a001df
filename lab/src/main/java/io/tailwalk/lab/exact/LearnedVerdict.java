package io.tailwalk.lab.exact;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Whether learned values do as the paper says: every sampler that corrects itself is nearer to the
 * target than the one that does not; and the latter is further from it with fewer rollouts and with
 * longer responses. The laws of the walks and of descents are worked out, so that every cell is
 * judged, the ones with a handful of successes to learn from included.
 *
 * @param holds whether all that is so
 * @param summary the figures, or what failed where
 */
record LearnedVerdict(boolean holds, List<String> summary) {
  private static final String ACTION = Entrant.ACTION_LEVEL;

  /** Keeps a copy. */
  LearnedVerdict {
    summary = List.copyOf(summary);
  }

  static LearnedVerdict of(List<LearnedCell> cells) {
    List<String> failures = new ArrayList<>();
    List<String> summary = new ArrayList<>();
    for (LearnedCell cell : cells) {
      StringBuilder line =
          new StringBuilder(
              String.format(
                  Locale.ROOT,
                  "%s, %.0f of them successes: divergence %s %.4f",
                  cell.name(),
                  cell.expectedSuccesses(),
                  ACTION,
                  cell.mean(ACTION)));
      for (String sampler : cell.divergences().keySet()) {
        if (sampler.equals(ACTION)) {
          continue;
        }
        line.append(String.format(Locale.ROOT, ", %s %.4f", sampler, cell.mean(sampler)));
        if (!(cell.mean(sampler) < cell.mean(ACTION))) {
          failures.add("fails in " + cell.name() + ": " + sampler + " is no nearer than " + ACTION);
        }
      }
      summary.add(line.toString());
    }
    failures.addAll(orderFailures(cells));
    summary.addAll(failures);
    return new LearnedVerdict(failures.isEmpty(), summary);
  }

  private static List<String> orderFailures(List<LearnedCell> cells) {
    List<String> failures = new ArrayList<>();
    for (LearnedCell cell : cells) {
      cells.stream()
          .filter(other -> other.length() == cell.length())
          .min(Comparator.comparingInt(LearnedCell::rollouts))
          .filter(fewest -> isLast(cells, cell) && !(fewest.mean(ACTION) > cell.mean(ACTION)))
          .ifPresent(fewest ->
              failures.add("fails: " + fewest.name() + " is no further than " + cell.name()));
      cells.stream()
          .filter(other -> other.rollouts() == cell.rollouts())
          .min(Comparator.comparingInt(LearnedCell::length))
          .filter(
              shortest -> isLongest(cells, cell) && !(cell.mean(ACTION) > shortest.mean(ACTION)))
          .ifPresent(shortest ->
              failures.add("fails: " + cell.name() + " is no further than " + shortest.name()));
    }
    return failures;
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
