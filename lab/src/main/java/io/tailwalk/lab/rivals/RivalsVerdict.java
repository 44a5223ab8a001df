package io.tailwalk.lab.rivals;

import io.tailwalk.lab.Conditions;
import io.tailwalk.lab.Verdict;
import java.util.List;

/**
 * Whether on every problem each walk has a smaller mean squared error than each rival, by more than
 * {@link #ERRORS} standard errors of the difference, and has used no more model tokens, up to
 * {@link #SLACK}.
 */
final class RivalsVerdict {
  /** Number of standard errors. */
  static final double ERRORS = 3;

  /** The share of its tokens by which a walk may exceed a rival's. */
  static final double SLACK = 0.02;

  private RivalsVerdict() {}

  static Verdict of(List<RivalCell> cells) {
    var conditions = new Conditions();
    List<RivalCase> cases = cells.stream().map(RivalCell::known).distinct().toList();
    for (RivalCase known : cases) {
      List<RivalCell> walks = of(cells, known, Entrant.Role.WALK);
      List<RivalCell> rivals = of(cells, known, Entrant.Role.RIVAL);
      conditions.found(
          "%s, H=%d: errors %s; rivals %s",
          known.name(), known.length(), texts(walks), texts(rivals));
      for (RivalCell walk : walks) {
        for (RivalCell rival : rivals) {
          compare(conditions, walk, rival);
        }
      }
    }
    return conditions.failuresLast();
  }

  private static void compare(Conditions conditions, RivalCell walk, RivalCell rival) {
    double more = rival.square().value() - walk.square().value();
    double error = Math.hypot(rival.square().standardError(), walk.square().standardError());
    conditions
        .failUnless(
            more > ERRORS * error,
            "fails in %s, H=%d: the squared error of %s is not clearly below that of %s (by %.4f ±"
                + " %.4f)",
            walk.known().name(),
            walk.known().length(),
            walk.entrant().label(),
            rival.entrant().label(),
            more,
            error)
        .failUnless(
            walk.tokens().value() * (1 - SLACK) <= rival.tokens().value(),
            "fails in %s, H=%d: %s used %.0f model tokens, %s only %.0f",
            walk.known().name(),
            walk.known().length(),
            walk.entrant().label(),
            walk.tokens().value(),
            rival.entrant().label(),
            rival.tokens().value());
  }

  private static String texts(List<RivalCell> cells) {
    return String.join(
        ", ",
        cells.stream()
            .map(cell ->
                String.format(
                    java.util.Locale.ROOT,
                    "%s %.3f ± %.3f",
                    cell.entrant().label(),
                    cell.rmse(),
                    cell.rmseStandardError()))
            .toList());
  }

  private static List<RivalCell> of(List<RivalCell> cells, RivalCase known, Entrant.Role role) {
    return cells.stream()
        .filter(cell -> cell.known().equals(known) && cell.entrant().role() == role)
        .toList();
  }
}
