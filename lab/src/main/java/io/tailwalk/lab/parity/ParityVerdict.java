package io.tailwalk.lab.parity;

import io.tailwalk.lab.Conditions;
import io.tailwalk.lab.Verdict;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether both walks find a rewarded response with fewer model tokens than attempts without
 * backtracking at the longest length, and grow more slowly from the shortest to the longest, each
 * by at least {@link #ERRORS} standard errors of the logarithm; and whether every search ended and
 * needed the computed number of steps, if it can be computed.
 */
final class ParityVerdict {
  /** Number of standard errors by which a difference must exceed 0. */
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
              "fails at H=%d: %s needed %.0f ± %.0f steps, computed %.0f",
              cell.task().length(),
              cell.sampler(),
              cell.steps().value(),
              cell.steps().standardError(),
              cell.computed().value())
          .failUnless(
              cell.givenUp() == 0,
              "fails at H=%d: %s has searches given up: %d",
              cell.task().length(),
              cell.sampler(),
              cell.givenUp());
    }
    if (conditions.hold()) {
      conditions.found(
          "all computed numbers of steps agree with the measured ones within Monte Carlo error");
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
              "%s, H=%d: %s needs %.0f model tokens, %s needs %.0f, %.1f times as many; from H=%d"
                  + " on,"
                  + " the costs grow by factors of %.1f and %.1f",
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
              "fails with %s: %s does not need significantly fewer tokens",
              values,
              walk)
          .failUnless(
              rival.over(growth).isAbove(ERRORS),
              "fails with %s: the cost of %s does not grow significantly more slowly",
              values,
              walk);
    }
  }
}
