package io.tailwalk.lab.parity;

import io.tailwalk.lab.Conditions;
import io.tailwalk.lab.Verdict;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether both walks find a rewarded response with fewer model tokens than attempts without
 * backtracking at the longest length, and grow slower from the shortest to the longest, each by at
 * least {@link #ERRORS} standard errors of the logarithm; and whether every search ended and took
 * the steps that were computed for it, where they can be.
 */
final class ParityVerdict {
  /** Standard errors that a difference must have. */
  static final double ERRORS = 3;

  private static final List<String> WALKS = List.of(Searcher.VGB, Searcher.MOMENTUM);

  private ParityVerdict() {}

  static Verdict of(ParityResults results) {
    var conditions = new Conditions();
    compare(conditions, "learned values", results.learned());
    compare(conditions, "lagging values", results.lagging());
    for (ParityCell cell : all(results)) {
      conditions
          .failUnless(
              cell.asComputed(),
              "fails at H=%d: steps of %s are %.0f ± %.0f, computed %.0f",
              cell.task().length(),
              cell.sampler(),
              cell.steps().value(),
              cell.steps().standardError(),
              cell.computed().value())
          .failUnless(
              cell.givenUp() == 0,
              "fails at H=%d: searches of %s given up: %d",
              cell.task().length(),
              cell.sampler(),
              cell.givenUp());
    }
    if (conditions.hold()) {
      conditions.found("steps are as computed wherever they can be, within Monte-Carlo error");
    }
    return conditions.failuresLast();
  }

  private static List<ParityCell> all(ParityResults results) {
    List<ParityCell> all = new ArrayList<>(results.lagging());
    all.addAll(results.learned());
    return all;
  }

  private static void compare(Conditions conditions, String values, List<ParityCell> cells) {
    List<ParityCell> action = ParityResults.of(cells, Searcher.ACTION_LEVEL);
    for (String walk : WALKS) {
      List<ParityCell> walked = ParityResults.of(cells, walk);
      var saved = LogRatio.of(action.getLast().tokens(), walked.getLast().tokens());
      var growth = LogRatio.of(walked.getLast().tokens(), walked.getFirst().tokens());
      var rival = LogRatio.of(action.getLast().tokens(), action.getFirst().tokens());
      conditions
          .found(
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
              rival.ratio())
          .failUnless(
              saved.isAbove(ERRORS),
              "fails with %s: %s does not need clearly fewer tokens",
              values,
              walk)
          .failUnless(
              rival.over(growth).isAbove(ERRORS),
              "fails with %s: %s does not grow clearly slower",
              values,
              walk);
    }
  }
}
