package io.tailwalk.lab.parity;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether both walks find a rewarded response with fewer model tokens than attempts without
 * backtracking at the longest length, and grow slower from the shortest to the longest, each by at
 * least {@link #ERRORS} standard errors of the logarithm; and whether every search ended and took
 * the steps that were computed for it, where they can be.
 *
 * @param holds whether all that is so
 * @param summary the figures, or what failed where
 */
record ParityVerdict(boolean holds, List<String> summary) {
  /** Standard errors that a difference must have. */
  static final double ERRORS = 3;

  private static final List<String> WALKS = List.of(Searcher.VGB, Searcher.MOMENTUM);

  /** Keeps a copy. */
  ParityVerdict {
    summary = List.copyOf(summary);
  }

  static ParityVerdict of(ParityResults results) {
    List<String> summary = new ArrayList<>();
    List<String> failures = new ArrayList<>();
    compare("learned values", results.learned(), summary, failures);
    compare("lagging values", results.lagging(), summary, failures);
    for (ParityCell cell : all(results)) {
      if (!cell.asComputed()) {
        failures.add(
            String.format(
                Locale.ROOT,
                "fails at H=%d: steps of %s are %.0f ± %.0f, computed %.0f",
                cell.task().length(),
                cell.sampler(),
                cell.steps().value(),
                cell.steps().standardError(),
                cell.computed().value()));
      }
      if (cell.givenUp() > 0) {
        failures.add(
            "fails at H="
                + cell.task().length()
                + ": searches of "
                + cell.sampler()
                + " given up: "
                + cell.givenUp());
      }
    }
    if (failures.isEmpty()) {
      summary.add("steps are as computed wherever they can be, within Monte-Carlo error");
    }
    summary.addAll(failures);
    return new ParityVerdict(failures.isEmpty(), summary);
  }

  private static List<ParityCell> all(ParityResults results) {
    List<ParityCell> all = new ArrayList<>(results.lagging());
    all.addAll(results.learned());
    return all;
  }

  private static void compare(
      String values, List<ParityCell> cells, List<String> summary, List<String> failures) {
    List<ParityCell> action = ParityResults.of(cells, Searcher.ACTION_LEVEL);
    for (String walk : WALKS) {
      List<ParityCell> walked = ParityResults.of(cells, walk);
      var saved = LogRatio.of(action.getLast().tokens(), walked.getLast().tokens());
      var growth = LogRatio.of(walked.getLast().tokens(), walked.getFirst().tokens());
      var rival = LogRatio.of(action.getLast().tokens(), action.getFirst().tokens());
      summary.add(
          String.format(
              Locale.ROOT,
              "%s, H=%d: %s needs %.0f model tokens, %s %.0f, %.1f times as many; from H=%d on their"
                  + " needs grow by %.1f and %.1f times",
              values,
              action.getLast().task().length(),
              walk,
              walked.getLast().tokens().value(),
              Searcher.ACTION_LEVEL,
              action.getLast().tokens().value(),
              saved.ratio(),
              action.getFirst().task().length(),
              growth.ratio(),
              rival.ratio()));
      if (!saved.isAbove(ERRORS)) {
        failures.add("fails with " + values + ": " + walk + " does not need clearly fewer tokens");
      }
      if (!rival.over(growth).isAbove(ERRORS)) {
        failures.add("fails with " + values + ": " + walk + " does not grow clearly slower");
      }
    }
  }
}
